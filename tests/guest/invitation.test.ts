// The invitation of the page for guests: out of the address, and read.
import { describe, expect, it } from 'vitest';
import { formatContactLink, formatGuestLink } from '../../src/core/identity/contact-link.ts';
import { readInvitation } from '../../src/guest/invitation.ts';
import { forgetInvitation, takeInvitation } from '../../src/guest/invitation-text.ts';
import { alice, pen } from '../support/samples/signed-links.ts';
import { sealer } from '../support/samples/test-identity.ts';

function windowAt(href: string) {
  const stored = new Map<string, string>();
  const url = new URL(href);
  const shown = [href];
  return {
    stored,
    shown,
    location: url,
    history: {
      replaceState: (_data: unknown, _title: string, to?: string | URL | null) => void shown.push(String(to)),
    },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
  };
}

describe('the invitation in the address', () => {
  it('is taken out of it at once, and kept for this tab until the visit is over', () => {
    const window = windowAt('https://page.example/join/?x=1#ffc:1:abc');
    expect(takeInvitation(window)).toEqual({ text: 'ffc:1:abc', address: 'https://page.example/join/?x=1#ffc:1:abc' });
    expect(window.shown.at(-1)).toBe('/join/?x=1');
    window.location.hash = '';
    expect(takeInvitation(window)).toEqual({ text: 'ffc:1:abc', address: 'https://page.example/join/?x=1#ffc:1:abc' });
    forgetInvitation(window);
    expect(window.stored.size).toBe(0);
    expect(takeInvitation(window).text).toBe('');
  });
});

describe('an invitation', () => {
  const read = (text: string, isNear = false) => readInvitation(text, sealer, isNear);
  const guest = (change: Partial<Parameters<typeof formatGuestLink>[0]> = {}) =>
    formatGuestLink({ ...alice, relays: ['wss://relay.example.org'], ...change }, pen);

  it('is read as it is and as programs hand it over', async () => {
    const text = await guest({ title: 'Choir' });
    const found = { text, relays: ['wss://relay.example.org'], link: { name: alice.name, title: 'Choir' } };
    expect(await read(text)).toMatchObject(found);
    expect(await read(encodeURIComponent(text))).toMatchObject(found);
    expect(await read(`${text}>`)).toMatchObject(found);
  });

  // Seen to fail with the filter left out: a web page would ask addresses in its visitor's own network.
  it('makes a page from elsewhere ask no relay and no server of a private network', async () => {
    const servers = [{ urls: 'stun:192.168.1.1:3478' }, { urls: 'stun:stun.example:3478' }];
    const here = [{ urls: 'stun:127.0.0.1:3478' }];
    expect(await read(await guest({ relays: ['ws://127.0.0.1:7777', 'wss://10.0.0.1/'] }))).toEqual({
      why: 'private-relay',
    });
    expect(await read(await guest({ servers }))).toMatchObject({ servers: [{ urls: 'stun:stun.example:3478' }] });
    expect(await read(await guest({ servers: here }))).toMatchObject({ servers: [] });
    expect(await read(await guest({ servers: here }), true)).toMatchObject({ servers: here });
    const mixed = await guest({ relays: ['wss://192.168.1.1', 'wss://relay.example.org'] });
    expect(await read(mixed)).toMatchObject({ relays: ['wss://relay.example.org'] });
    expect(await read(await guest({ relays: ['ws://127.0.0.1:7777'] }), true)).toMatchObject({
      relays: ['ws://127.0.0.1:7777'],
    });
  });

  it('that is none says why', async () => {
    expect(await read('')).toEqual({ why: 'no-link' });
    expect(await read('section-2')).toEqual({ why: 'no-link' });
    expect(await read((await guest()).slice(0, -3))).toEqual({ why: 'damaged-link' });
    expect(await read(`ffc:2:${(await guest()).slice(6)}`)).toEqual({ why: 'newer-link' });
    expect(await read(await formatContactLink(alice, pen))).toEqual({ why: 'contact-link' });
  });
});
