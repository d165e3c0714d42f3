// The signature of a contact link.
import { describe, expect, it } from 'vitest';
import { concat, fromBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import {
  formatContactLink,
  formatGuestLink,
  parseContactLink,
  parseGuestLink,
} from '../../../src/core/identity/contact-link.ts';
import { alice, head, linkOf, pen, record, text } from '../../support/samples/signed-links.ts';
import { sealer, testIdentity } from '../../support/samples/test-identity.ts';

describe('the signature of a link (M9)', () => {
  const body = () => concat(head(), record(1, 'wss://relay.example'), record(4, new Uint8Array(6)));

  it('is demanded: a link without one is nobody’s', async () => {
    expect(await parseContactLink(await linkOf(body()), sealer)).toEqual({ refused: 'unsigned' });
  });

  // Seen to fail with the verification left out.
  it('of somebody else makes it forged: whoever has seen a link cannot write one with other relays', async () => {
    const mallory = await testIdentity(66);
    const forged = await formatContactLink(
      { ...alice, relays: ['wss://attacker.example'] },
      { sealer, signer: mallory.signer },
    );
    expect(await parseContactLink(forged, sealer)).toEqual({ refused: 'forged' });
    const guest = await formatGuestLink(
      { ...alice, relays: ['wss://attacker.example'] },
      { sealer, signer: mallory.signer },
    );
    expect(await parseGuestLink(guest, sealer)).toEqual({ refused: 'forged' });
  });

  it('covers every byte before it: head, flags, relays, name, moment', async () => {
    const bytes = fromBase64url(text.slice(6)) ?? new Uint8Array();
    const told = bytes.slice(0, bytes.length - 6);
    for (let at = 65; at < told.length; at++) {
      const changed = await linkOf(told.with(at, (told[at] ?? 0) ^ 1));
      expect(await parseContactLink(changed, sealer)).not.toHaveProperty('link');
      expect(await parseGuestLink(changed, sealer)).not.toHaveProperty('link');
    }
  });

  it.each([
    ['a record behind it', (signed: Uint8Array) => concat(signed, record(1, 'wss://attacker.example'))],
    ['a second one', (signed: Uint8Array) => concat(signed, record(3, new Uint8Array(64)))],
    ['an unknown record behind it', (signed: Uint8Array) => concat(signed, record(77, 'x'))],
  ])('is the last: with %s the link is forged', async (_, change) => {
    const signature = await pen.signer.sign(concat(utf8('ffc/1 link\0'), body()));
    const link = await linkOf(change(concat(body(), record(3, signature))));
    expect(await parseContactLink(link, sealer)).toEqual({ refused: 'forged' });
  });

  it('is of 64 bytes, and for links alone', async () => {
    expect(await parseContactLink(await linkOf(concat(body(), record(3, new Uint8Array(63)))), sealer)).toEqual({
      refused: 'forged',
    });
    const other = await pen.signer.sign(concat(utf8('ffc/1 roster'), body()));
    expect(await parseContactLink(await linkOf(concat(body(), record(3, other))), sealer)).toEqual({
      refused: 'forged',
    });
  });

  it('does not turn a link for one call into one for good', async () => {
    const guest = fromBase64url((await formatGuestLink(alice, pen)).slice(6)) ?? new Uint8Array();
    const told = guest.slice(0, guest.length - 6).with(81, 0);
    expect(await parseContactLink(await linkOf(told), sealer)).toEqual({ refused: 'forged' });
  });

  it('leaves room in a code that cameras read: two relays and a name give version 11 at most', async () => {
    const written = await formatContactLink(
      { ...alice, relays: ['wss://relay.damus.io', 'wss://nos.lol', 'wss://nostr.mom'] },
      pen,
    );
    // QR codes of version 12 hold 367 bytes at level L (ISO/IEC 18004 table 7).
    expect(written.length).toBeLessThanOrEqual(367);
  });
});
