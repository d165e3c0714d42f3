// What stands on the wire beside envelopes and the numbers of a call (those have files of their own), with fixed secrets: made by the second
// implementation of tests/support from the words of docs/protocol.md, and read by the product.
import { beforeAll, describe, expect, it } from 'vitest';
import { pageInbox } from '../../../src/call/group/passing.ts';
import { fromHex, toHex } from '../../../src/core/base/bytes.ts';
import { formatBackupText } from '../../../src/core/data/backup.ts';
import { openBackup, sealBackup } from '../../../src/core/data/backup-file.ts';
import { defaultSettings } from '../../../src/core/data/settings.ts';
import { detourTopic } from '../../../src/core/group/detour-word.ts';
import { isEntrySigned, parseEntry, signEntry } from '../../../src/core/group/roster.ts';
import { formatGuestLink, parseContactLink, parseGuestLink } from '../../../src/core/identity/contact-link.ts';
import { callTopics } from '../../../src/core/identity/topics.ts';
import { openEnvelope } from '../../../src/core/signaling/envelope.ts';
import { formatSignal, parseSignal, type Signal } from '../../../src/core/signaling/signal.ts';
import { formatFileFrame, parseFileFrame } from '../../../src/core/transfer/file-message.ts';
import { FileSource } from '../../../src/link/transfer/file-source.ts';
import { WebCryptoPassphrase } from '../../../src/platform/crypto/web-crypto-passphrase.ts';
import { sampleContents } from '../../support/samples/backup-samples.ts';
import {
  backupFile,
  base64url,
  fileFrame,
  fileHash,
  hkdf,
  identityOf,
  linkText,
  openEnvelopeAgain,
} from '../../support/samples/second-implementation.ts';
import { sealer, type TestIdentity, testBytes, testIdentity } from '../../support/samples/test-identity.ts';
import { expectVectors, readVectors } from '../../support/samples/vector-file.ts';

let alice: TestIdentity;
let again: ReturnType<typeof identityOf>;
const none = new Uint8Array(0);

beforeAll(async () => {
  alice = await testIdentity(1);
  again = identityOf(await testBytes('test identity 1'));
});

describe('the vectors of the wire (faults 21)', () => {
  it('have a guest link, which is no contact link', async () => {
    const inboxSecret = (await testBytes('guest inbox')).slice(0, 16);
    const [relays, name] = [['wss://relay.example.org'], 'Zoë'];
    const madeAt = 1_795_000_000_123;
    const text = linkText(again, inboxSecret, 1, relays, name, madeAt);
    const link = { ed25519: alice.ed25519, x25519: alice.x25519, inboxSecret, relays, name, madeAt };
    expect(await formatGuestLink(link, { sealer, signer: alice.signer })).toBe(text);
    expect(await parseGuestLink(text, sealer)).toEqual({ link });
    expect(await parseContactLink(text, sealer)).toEqual({ refused: 'for-one-call' });
    expectVectors('guest-link.json', {
      'test identity': 1,
      inboxSecret: toHex(inboxSecret),
      relays,
      name,
      madeAt,
      text,
    });
  });

  it('have a signed entry of the roster, the inbox for first words of its page, and the topic of words by detour', async () => {
    const [bob, now] = [await testIdentity(2), 1_795_000_000_000];
    const entry = {
      ...{ id: toHex(alice.ed25519), ed25519: alice.ed25519, x25519: alice.x25519, n: now, name: 'Zoë' },
      ...{ ek: bob.x25519, ask: base64url((await testBytes('ask')).slice(0, 16)) },
      ...{ heard: [base64url((await testBytes('heard')).slice(0, 16))] },
      ...{ relays: ['wss://relay.example.org'], here: true, links: [toHex(bob.ed25519)], lacks: [] },
      ...{ calling: [{ id: 'c'.repeat(64), state: 'ringing' as const }], hand: false, locked: true },
    };
    const signed = await signEntry(alice.signer, entry);
    const s = base64url(again.sign(Buffer.from('ffc/1 roster\0'), Buffer.from(signed.e)));
    expect(signed.s).toBe(s);
    expect(parseEntry(signed, now)).toEqual(entry);
    expect(await isEntrySigned(sealer, entry, signed)).toBe(true);
    // README.md#leaves-group: nothing else is said to the others of oneself.
    const said = ['n', 'name', 'relays', 'here', 'links', 'lacks', 'calling', 'hand', 'locked'];
    expect(Object.keys(JSON.parse(signed.e))).toEqual(['v', 'ed', 'x', 'ek', 'ask', 'heard', ...said]);

    const inboxSecret = pageInbox(entry.ek);
    expect(toHex(inboxSecret)).toBe(toHex(entry.ek).slice(0, 32));
    const other = { ed25519: bob.ed25519, ek: await testBytes('page key') };
    const ends = Buffer.concat([alice.ed25519, entry.ek, other.ed25519, other.ek]);
    const topic = hkdf(new Uint8Array(ends), none, 'ffc/1 detour', 32).toString('hex');
    expect(await detourTopic(sealer, entry, other)).toBe(topic);
    expectVectors('roster.json', {
      'test identity': 1,
      ...signed,
      'inbox secret of the page': toHex(inboxSecret),
      'topic of words by detour': { to: { ed: toHex(other.ed25519), ek: toHex(other.ek) }, topic },
    });
  });

  it('have the hashes of files of 0 bytes, of one block and of one byte more, and a frame', async () => {
    const hashes: Record<string, string> = {};
    for (const length of [0, 1_048_576, 1_048_577]) {
      const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
      hashes[length] = fileHash(bytes);
      const source = new FileSource(new Blob([bytes]), () => undefined);
      expect(await source.hashUpTo(length)).toBe(hashes[length]);
    }
    const [id, bytes] = [(await testBytes('transfer')).slice(0, 16), await testBytes('some bytes')];
    const frame = fileFrame(id, 2 ** 33, bytes);
    const told = { id: base64url(id), offset: 2 ** 33, bytes };
    expect(Buffer.from(formatFileFrame(told))).toEqual(frame);
    expect(parseFileFrame(new Uint8Array(frame).buffer)).toEqual(told);
    expectVectors('file.json', {
      'bytes of each file': 'byte number i is i modulo 251',
      hashes,
      frame: { id: base64url(id), offset: 2 ** 33, bytes: toHex(bytes), frame: frame.toString('hex') },
    });
  });

  it('have the note of a missed call, and the topics of its receipt', async () => {
    const st = await testBytes('note secret');
    const [id, dev] = [(await testBytes('call id')).slice(0, 16), (await testBytes('device')).slice(0, 8)];
    const head = { v: 1, id: base64url(id), dev: base64url(dev), ts: 1_795_000_900_000 } as const;
    const missed: Signal = {
      ...head,
      n: 66_436,
      t: 'missed',
      at: 1_795_000_000_000,
      media: 'video',
      st: base64url(st),
    };
    const noted: Signal = { ...head, n: 0, t: 'noted' };
    for (const signal of [missed, noted]) expect(parseSignal(formatSignal(signal))).toEqual(signal);
    const topics = { a2b: hkdf(st, none, 'ffc/1 a2b', 32), b2a: hkdf(st, none, 'ffc/1 b2a', 32) };
    const hex = { a2b: topics.a2b.toString('hex'), b2a: topics.b2a.toString('hex') };
    expect(await callTopics(sealer, st)).toEqual(hex);
    expectVectors('missed.json', { missed, noted, 'topic of noted': hex.b2a });
  });

  it('have a backup file, which either implementation opens', async () => {
    const contents = await sampleContents();
    const [salt, nonce] = [(await testBytes('salt')).slice(0, 16), (await testBytes('nonce')).slice(0, 12)];
    const passphrase = 'Zoe\u0308 has ten foxes';
    const body = formatBackupText(contents);
    const file = backupFile(again, body, passphrase, salt, nonce);
    const cipher = new WebCryptoPassphrase();
    const tools = { sealer, cipher, passphrase };
    expect(await openBackup({ ...tools, file: new Uint8Array(file), ownEd25519: alice.ed25519 })).toEqual({ contents });
    const plain = { sha256: sealer.sha256.bind(sealer), verify: sealer.verify.bind(sealer) };
    let drawn = 0;
    const fixed = { ...tools, sealer: { ...plain, randomBytes: () => (drawn++ === 0 ? salt : nonce) } };
    expect(Buffer.from(await sealBackup({ ...fixed, contents, signer: alice.signer })).equals(file)).toBe(true);
    expectVectors('backup.json', { 'test identity': 1, passphrase, body, file: file.toString('base64') });
  });

  it('have a backup file of an earlier version, which opens: what it does not say is left as it is', async () => {
    const earlier = readVectors('backup-earlier.json') as { passphrase: string; body: string; file: string };
    const tools = { sealer, cipher: new WebCryptoPassphrase(), passphrase: earlier.passphrase };
    const opened = await openBackup({
      ...tools,
      file: new Uint8Array(Buffer.from(earlier.file, 'base64')),
      ownEd25519: alice.ed25519,
    });
    const contents = await sampleContents();
    const contacts = contents.contacts.map(({ favourite: _, muted: _muted, ringTone: _tone, ...plain }) => plain);
    const { quietHours, favouritesRing, ringTone, ringVolume } = defaultSettings;
    const { checkFirst, closesAfterCall, savedGroups, sendsPortrait, takesPortraits } = defaultSettings;
    const rings = { quietHours, favouritesRing, ringTone, ringVolume };
    const unsaid = {
      ownServers: [],
      guestPage: '',
      ...rings,
      checkFirst,
      closesAfterCall,
      savedGroups,
      sendsPortrait,
      takesPortraits,
    };
    const settings = { ...contents.settings, ...unsaid };
    expect(opened).toEqual({ contents: { ...contents, contacts, settings } });
  });

  it('have envelopes of all four sizes, which the second implementation opens', async () => {
    const vectors = readVectors('envelope.json') as {
      'recipient entropy': string;
      senderEd25519: string;
      topic: string;
      envelopes: readonly { body: string; message: string }[];
    };
    const bytes = (text: string) => fromHex(text) ?? none;
    const bob = identityOf(bytes(vectors['recipient entropy']));
    const { opener, ed25519: recipientEd25519 } = await testIdentity(2);
    const topic = bytes(vectors.topic);
    const sizes = vectors.envelopes.map(({ body, message }) => {
      const sent = bytes(message);
      expect(openEnvelopeAgain(bob, topic, sent)).toEqual({ sender: Buffer.from(bytes(vectors.senderEd25519)), body });
      return { sent, body };
    });
    for (const { sent: message, body } of sizes)
      expect(await openEnvelope({ sealer, opener, recipientEd25519, topic, message })).toMatchObject({ body });
    expect(new Set(sizes.map(({ sent }) => sent.length))).toEqual(new Set([1074, 4146, 16434, 32818]));
  });
});
