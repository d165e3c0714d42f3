// Parsers of what comes in another form than words over a channel: envelopes, backups, pictures.

import { type Bytes, concat, u32be, utf8 } from '../../src/core/base/bytes.ts';
import { formatBackupText, parseBackupText } from '../../src/core/data/backup.ts';
import { openBackup } from '../../src/core/data/backup-file.ts';
import { isAcceptableEd25519Key } from '../../src/core/identity/ed25519-point.ts';
import { envelopeSizes, openEnvelope } from '../../src/core/signaling/envelope.ts';
import { pictureHeader } from '../../src/core/transfer/picture-header.ts';
import { sampleContents } from '../support/samples/backup-samples.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';
import { type FuzzedParser, must } from './fuzzed-parser.ts';

const key = concat(Uint8Array.of(9), new Uint8Array(31));

/** A body that is sealed and signed by nobody: the seal opens everything, so that what is inside is reached. */
function asEnvelope(input: Bytes): Bytes {
  const size = envelopeSizes[0] ?? 0;
  return input.length < 8 || input.length > size ? input : concat(input, new Uint8Array(size - input.length));
}

const envelope: FuzzedParser = {
  name: 'envelope',
  dictionary: [
    Uint8Array.of(1, 1),
    key,
    u32be(4),
    u32be(2 ** 32 - 1),
    Uint8Array.of(0xff, 0xfe),
    Uint8Array.of(0xed, 0xa0, 0x80),
  ],
  async seeds() {
    const { ed25519 } = await testIdentity(1);
    return [concat(Uint8Array.of(1, 1), key, new Uint8Array(64), ed25519, u32be(5), utf8('hello')), new Uint8Array(4)];
  },
  async check(input) {
    const message = asEnvelope(input);
    const opened = await openEnvelope({
      sealer: { verify: async (_key, signature) => (signature[0] ?? 0) < 128 },
      opener: { publicKey: key, open: async (_enc, ciphertext) => ciphertext.slice(0, -16) },
      recipientEd25519: key,
      topic: new Uint8Array(32),
      message,
    });
    if ('dropped' in opened) return;
    must(envelopeSizes.includes(message.length) && message[0] === 1 && message[1] === 1, 'another version or size');
    must(isAcceptableEd25519Key(opened.senderEd25519), 'a key of a sender that proves nothing');
    must(utf8(opened.body).length <= message.length - 150, 'more than fits');
  },
};

/** A lock that opens everything: what is inside is reached. */
const openLock = {
  seal: async () => new Uint8Array(),
  open: async (_lock: unknown, ciphertext: Bytes) => ciphertext.slice(0, -16),
};

const backup: FuzzedParser = {
  name: 'backup',
  dictionary: [
    'ffc-backup',
    Uint8Array.of(1, 1),
    u32be(600_000),
    u32be(2 ** 32 - 1),
    '"contacts":[',
    '"__proto__":',
    '"owner":"',
    '{',
    '}',
    '-1',
    'stun:',
  ],
  async seeds() {
    const header = concat(utf8('ffc-backup'), Uint8Array.of(1, 1), u32be(600_000), new Uint8Array(28));
    const small = formatBackupText(await sampleContents({ contacts: [], requests: [], history: [] }));
    const whole = formatBackupText(await sampleContents());
    return [small, whole].map((text) => concat(header, new Uint8Array(64), utf8(text), new Uint8Array(16)));
  },
  async check(input) {
    const ownEd25519 = (await testIdentity(1)).ed25519;
    const tools = {
      sealer: { ...sealer, sha256: sealer.sha256, verify: async () => true, randomBytes: sealer.randomBytes },
      cipher: openLock,
    };
    const file = concat(input, await sealer.sha256(input));
    for (const bytes of [input, file]) {
      const opened = await openBackup({ ...tools, file: bytes, passphrase: 'any', ownEd25519 });
      if ('refused' in opened) continue;
      const { contents } = opened;
      must(contents.name.length > 0 && contents.contacts.length <= 10_000, 'out of bounds');
      const again = parseBackupText(formatBackupText(contents));
      must(JSON.stringify(again) === JSON.stringify(contents), 'reads something else when it is written again');
    }
  },
};

const pictures: FuzzedParser = {
  name: 'picture-header',
  dictionary: [
    'IHDR',
    'RIFF',
    'WEBP',
    'VP8X',
    'VP8 ',
    'VP8L',
    'ANMF',
    'ftypavif',
    'meta',
    'iprp',
    'ipco',
    'ispe',
    'GIF89a',
    Uint8Array.of(0xff, 0xc0),
    Uint8Array.of(0x2c),
  ],
  async seeds() {
    const rest = new Uint8Array(24);
    const box = (name: string, ...parts: readonly Bytes[]) => {
      const body = concat(utf8(name), ...parts);
      return concat(u32be(body.length + 4), body);
    };
    const size = box('ispe', u32be(0), u32be(640), u32be(480));
    const meta = box('meta', u32be(0), box('iprp', box('ipco', size)));
    const webp = (name: string, body: Bytes) =>
      concat(
        utf8('RIFF'),
        Uint8Array.of(40, 0, 0, 0),
        utf8('WEBP'),
        utf8(name),
        Uint8Array.of(body.length, 0, 0, 0),
        body,
      );
    return [
      concat(
        Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
        u32be(13),
        utf8('IHDR'),
        u32be(640),
        u32be(480),
        rest,
      ),
      concat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 4, 0, 0, 0xff, 0xc0, 0, 8, 8, 1, 0, 1, 0), rest),
      concat(
        utf8('GIF89a'),
        Uint8Array.of(9, 0, 9, 0, 0, 0, 0, 0x21, 0xf9, 1, 0, 0, 0x2c, 0, 0, 0, 0, 9, 0, 9, 0, 0, 2, 1, 0, 0, 0x3b),
      ),
      webp('VP8X', concat(new Uint8Array(4), Uint8Array.of(8, 0, 0, 8, 0, 0))),
      webp('VP8L', Uint8Array.of(0x2f, 8, 0, 8, 0, 0)),
      webp('VP8 ', Uint8Array.of(0, 0, 0, 0x9d, 1, 0x2a, 8, 0, 8, 0)),
      webp('ANMF', new Uint8Array(16)),
      concat(box('ftyp', utf8('avif'), u32be(0), utf8('mif1')), meta),
    ];
  },
  check(input) {
    const header = pictureHeader(input);
    if (!header) return;
    for (const side of [header.width, header.height])
      must(Number.isSafeInteger(side) && side > 0, 'a size out of bounds');
  },
};

export const formatParsers: readonly FuzzedParser[] = [envelope, backup, pictures];
