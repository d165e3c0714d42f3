// Everything of a call that is not an envelope, with fixed secrets: computed a second time with Node's own cryptography, from the words
// of docs/protocol.md, so that a second implementation can check itself against the file.
import { createHash, createPrivateKey, sign as ed25519Sign, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/core/base/bytes.ts';
import { commitment, safetyNumber, sasEmoji, transcriptHash } from '../../../src/core/identity/call-security.ts';
import { ContactInboxMaker, linkInboxSecret, sharedInboxSecret } from '../../../src/core/identity/inboxes.ts';
import { sasEmojiTable } from '../../../src/core/identity/sas-emoji.ts';
import { callTopics, epochDay, inboxTopic, unusedTopics } from '../../../src/core/identity/topics.ts';
import { deriveIdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import { sealer, testBytes, testIdentity } from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const u32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));
const sha256 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const hkdf = (input: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): string =>
  Buffer.from(hkdfSync('sha256', input, salt, info, length)).toString('hex');
const none = new Uint8Array(0);

describe('the vectors of a call', () => {
  it('are what the words of the specification say', async () => {
    const [entropy, alice, bob] = [await testBytes('test identity 1'), await testIdentity(1), await testIdentity(2)];
    const keys = await deriveIdentityKeys(new Uint8Array(entropy));
    const [st, id] = [await testBytes('call secret'), (await testBytes('call id')).slice(0, 16)];
    const day = epochDay(Date.UTC(2026, 10, 21, 23, 59));
    const names = ['ekA', 'ekB', 'fpA', 'fpB', 'rA', 'rB'] as const;
    const [ekA, ekB, fpA, fpB, rA, rB] = await Promise.all(names.map((name) => testBytes(name)));
    if (!ekA || !ekB || !fpA || !fpB || !rA || !rB) throw new Error('no bytes');
    const [edA, xA, edB, xB] = [alice.ed25519, alice.x25519, bob.ed25519, bob.x25519];
    const inboxes = new ContactInboxMaker(sealer, alice.signer);
    const transcript = { id, edA, xA, edB, xB, ekA, ekB, fpA, fpB, rA, rB };
    const t = Buffer.concat([id, edA, xA, edB, xB, ekA, ekB, fpA, fpB]);

    const made = {
      entropy: toHex(entropy),
      'link inbox of generation 0': toHex(await linkInboxSecret(sealer, alice.signer, keys.inboxSecret, 0)),
      'link inbox of generation 1': toHex(await linkInboxSecret(sealer, alice.signer, keys.inboxSecret, 1)),
      'inbox of the own devices': toHex(await sharedInboxSecret(sealer, alice.signer)),
      'inboxes for test identity 2': await Promise.all([0, 1].map(async (g) => toHex(await inboxes.secret(edB, g)))),
      'unused topic of that day': (await unusedTopics(sealer, await inboxes.padding(), [day], 7))[0],
      day,
      'inbox topic of generation 0': await inboxTopic(sealer, keys.inboxSecret, edA, day),
      st: toHex(st),
      topics: await callTopics(sealer, st),
      transcript: Object.fromEntries(Object.entries(transcript).map(([name, bytes]) => [name, toHex(bytes)])),
      commitment: toHex(await commitment(sealer, rA, fpA)),
      emoji: (await sasEmoji(sealer, transcript)).map(({ emoji }) => emoji).join(' '),
      'transcript hash': toHex(await transcriptHash(sealer, transcript)),
      'safety number': await safetyNumber(sealer, edA, xA, edB, xB),
    };

    const seed = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), entropy]),
      format: 'der',
      type: 'pkcs8',
    });
    const inbox = (label: string, generation: number, length = 16): string => {
      const signature = ed25519Sign(
        null,
        Buffer.concat([utf8('ffc/1 inbox secret\0'), utf8(label), u32(generation)]),
        seed,
      );
      return hkdf(signature, edA, utf8('ffc/1 inbox secret'), length);
    };
    const root = Buffer.from(inbox('contacts', 0, 32), 'hex');
    const first = hkdf(entropy, utf8('ffc/1'), utf8('inbox'), 16);
    let rounds = utf8('ffc/1 safety');
    const [low, high] = [Buffer.concat([edA, xA]), Buffer.concat([edB, xB])].sort(Buffer.compare);
    for (let round = 0; round < 5_200; round++)
      rounds = createHash('sha256')
        .update(rounds)
        .update(low ?? none)
        .update(high ?? none)
        .digest();
    const bits = parseInt(hkdf(Buffer.concat([rA, rB]), none, Buffer.concat([utf8('ffc/1 sas'), t]), 3), 16);
    expect(made).toEqual({
      ...made,
      'link inbox of generation 0': first,
      'link inbox of generation 1': inbox('link', 1),
      'inbox of the own devices': inbox('own', 0),
      'inboxes for test identity 2': [0, 1].map((g) =>
        hkdf(root, edB, Buffer.concat([utf8('ffc/1 contact inbox'), u32(g)]), 16),
      ),
      'unused topic of that day': hkdf(
        Buffer.from(hkdf(root, none, utf8('ffc/1 unused topics'), 32), 'hex'),
        none,
        Buffer.concat([utf8('ffc/1 unused topic'), u32(day), u32(0)]),
        32,
      ),
      'inbox topic of generation 0': hkdf(
        Buffer.from(first, 'hex'),
        edA,
        Buffer.concat([utf8('ffc/1 inbox'), u32(day)]),
        32,
      ),
      topics: { a2b: hkdf(st, none, utf8('ffc/1 a2b'), 32), b2a: hkdf(st, none, utf8('ffc/1 b2a'), 32) },
      commitment: sha256(utf8('ffc/1 cm'), rA, fpA),
      emoji: [18, 12, 6, 0].map((shift) => sasEmojiTable[(bits >>> shift) & 63]?.emoji).join(' '),
      'transcript hash': sha256(utf8('ffc/1 transcript'), t, rA, rB),
      'safety number': Array.from({ length: 6 }, (_, group) =>
        String(rounds.readUIntBE(5 * group, 5) % 100_000).padStart(5, '0'),
      ).join(' '),
    });
    expectVectors('call.json', { ...made, 'emoji bits': bits });
  });

  // Two devices with the same words have to derive the same inboxes, and so has one device on two days.
  it('rest on signatures that come out the same every time', async () => {
    const alice = await testIdentity(1);
    const message = await testBytes('any message');
    expect(toHex(await alice.signer.sign(message))).toBe(toHex(await alice.signer.sign(message)));
  });
});
