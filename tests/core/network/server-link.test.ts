// The server link (docs/protocol.md#server-link): what comes back, what is refused, and what mail programs do to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, toBase64url, u32be, utf8 } from '../../../src/core/base/bytes.ts';
import {
  formatServerLink,
  isAcceptablePage,
  looksLikeServerLink,
  parseServerLink,
  type ServerLink,
} from '../../../src/core/network/server-link.ts';
import { fuzzRuns, sealer } from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';

const secret = '3f'.repeat(32);
const owner: ServerLink = {
  name: 'call.example.org',
  relays: ['mqtt+wss://call.example.org/mqtt'],
  iceServers: [
    { urls: 'turn:call.example.org:3478', secret },
    { urls: 'turns:call.example.org:5349?transport=tcp', secret },
  ],
  page: 'https://call.example.org/join/',
};
const signIn = { username: '1803000000:zoe', credential: 'dGhlIHBhc3N3b3Jk+/A=' };
const member: ServerLink = {
  ...owner,
  iceServers: [{ urls: 'turn:call.example.org:3478', ...signIn }, { urls: 'stun:call.example.org:3478' }],
  endsAt: 1_803_000_000_000,
};
const relayOnly: ServerLink = { name: '', relays: ['wss://[2001:db8::7]:8443/mqtt'], iceServers: [] };
const local: ServerLink = {
  name: 'this computer',
  relays: ['mqtt+ws://127.0.0.1:8780/mqtt'],
  iceServers: [{ urls: 'turn:192.0.2.2:8783', secret }],
  page: 'http://127.0.0.1:8780/join/',
};

const record = (type: number, value: string | Bytes): Bytes => {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  return concat(Uint8Array.of(type, bytes.length), bytes);
};
const relay = record(1, 'wss://a.example/mqtt');
const turn = record(2, 'turn:a.example:3478');

/** A link of any records, with a checksum that is right. */
async function linkOf(...parts: readonly Bytes[]): Promise<string> {
  const body = concat(...parts);
  return `ffc-server:1:${toBase64url(concat(body, Uint8Array.of(255, 4), (await sealer.sha256(body)).slice(0, 4)))}`;
}
const versionOne = (...records: readonly Bytes[]): Promise<string> => linkOf(Uint8Array.of(1), ...records);

describe('a server link', () => {
  it('comes back as what was written, and is byte for byte what the specification says', async () => {
    const vectors = [];
    for (const link of [owner, member, relayOnly, local]) {
      const text = await formatServerLink(link, sealer);
      expect(await parseServerLink(text, sealer)).toEqual({ link });
      vectors.push({ ...link, text });
    }
    expect(vectors[1]?.text).toBe(
      await versionOne(
        record(1, 'mqtt+wss://call.example.org/mqtt'),
        record(2, 'turn:call.example.org:3478'),
        record(2, 'stun:call.example.org:3478'),
        record(3, signIn.username),
        record(5, signIn.credential),
        record(6, u32be(1_803_000_000)),
        record(7, 'https://call.example.org/join/'),
        record(8, 'call.example.org'),
      ),
    );
    expectVectors('server-link.json', { links: vectors });
  });

  it('fits a QR code', async () => {
    expect((await formatServerLink(owner, sealer)).length).toBeLessThan(400);
  });

  it.each([
    ['a relay without TLS', { ...owner, relays: ['ws://call.example.org/mqtt'] }],
    ['three relays', { ...owner, relays: ['wss://a.example', 'wss://b.example', 'wss://c.example'] }],
    ['a page without TLS', { ...owner, page: 'http://call.example.org/join/' }],
    ['TURN without a sign-in', { ...owner, iceServers: [{ urls: 'turn:a.example:3478' }] }],
    [
      'a password with a blank',
      { ...owner, iceServers: [{ urls: 'turn:a.example:3478', username: 'a', credential: 'b c' }] },
    ],
    ['an address that is too long', { ...owner, relays: [`wss://a.example/${'x'.repeat(128)}`] }],
    ['nothing', { name: 'x', relays: [], iceServers: [] }],
  ])('is not written with %s', async (_what, link) => {
    await expect(formatServerLink(link, sealer)).rejects.toThrow(RangeError);
  });

  it.each([
    [
      'quoted in a mail',
      (text: string) => `> Hello,\n> ${text.slice(0, 70)}\n> ${text.slice(70, 140)}\n> ${text.slice(140)}\n> Bye`,
    ],
    ['with words around it', (text: string) => `Here it is: ${text} and good luck`],
    ['with invisible signs', (text: string) => text.replaceAll(/(.{20})/g, '$1\u200b\u00ad')],
    ['percent-encoded', (text: string) => text.replaceAll(':', '%3A')],
    ['with // after its scheme', (text: string) => text.replace('ffc-server:', 'ffc-server://')],
  ])('is read when it comes %s', async (_how, change) => {
    for (const link of [owner, member, relayOnly, local])
      expect(await parseServerLink(change(await formatServerLink(link, sealer)), sealer)).toEqual({ link });
  });

  it('is damaged wherever it is cut, and with any sign changed', async () => {
    const text = await formatServerLink(owner, sealer);
    const start = 'ffc-server:1:'.length;
    for (let length = start; length < text.length; length++)
      expect(await parseServerLink(text.slice(0, length), sealer), text.slice(0, length)).toEqual({
        refused: 'damaged',
      });
    for (let at = start; at < text.length; at++) {
      const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
      expect(await parseServerLink(changed, sealer), changed).toEqual({ refused: 'damaged' });
    }
  });

  it.each(['', 'hello', 'ffc-server:', 'ffc-server:1', 'ffc-server:0:AAAA', 'ffc:1:AAAA', 'https://call.example.org/'])(
    'is not %j',
    async (text) => {
      expect(await parseServerLink(text, sealer)).toEqual({ refused: 'not-a-server-link' });
      expect(looksLikeServerLink(text)).toBe(false);
    },
  );

  it('of a later version says so, by its number in front and by the one inside', async () => {
    expect(await parseServerLink('ffc-server:2:whatever', sealer)).toEqual({ refused: 'newer-version' });
    expect(await parseServerLink(await linkOf(Uint8Array.of(2), relay), sealer)).toEqual({ refused: 'newer-version' });
    expect(await parseServerLink(await linkOf(Uint8Array.of(0), relay), sealer)).toEqual({ refused: 'damaged' });
  });

  it('skips records that a later version may add', async () => {
    const text = await versionOne(relay, record(9, 'later'), record(200, new Uint8Array(200)));
    expect(await parseServerLink(text, sealer)).toMatchObject({ link: { relays: ['wss://a.example/mqtt'] } });
  });

  it.each<[string, string, readonly Bytes[]]>([
    ['a relay with credentials', 'bad-address', [record(1, 'wss://u:p@a.example/')]],
    ['a relay that is a web page', 'bad-address', [record(1, 'https://a.example/')]],
    ['a relay that is not UTF-8', 'bad-address', [record(1, Uint8Array.of(0xff, 0xfe))]],
    ['a TURN server with blanks', 'bad-address', [relay, record(2, 'turn:a.example :3478')]],
    ['a TURN server that is a relay', 'bad-address', [relay, record(2, 'wss://a.example')]],
    ['TURN that nobody can sign in to', 'no-sign-in', [relay, turn]],
    ['TURN with a password for nobody', 'no-sign-in', [relay, turn, record(5, 'password')]],
    ['a page on another machine without TLS', 'bad-address', [relay, record(7, 'http://a.example/')]],
    ['a page that runs a script', 'bad-address', [relay, record(7, 'javascript:alert(1)')]],
    ['a page with a query', 'bad-address', [relay, record(7, 'https://a.example/?to=b')]],
    ['a page with a fragment', 'bad-address', [relay, record(7, 'https://a.example/#b')]],
    ['a page with credentials', 'bad-address', [relay, record(7, 'https://b.example@a.example/')]],
    ['a secret and a password', 'damaged', [relay, turn, record(3, 'a'), record(4, 'b'), record(5, 'c')]],
    ['a user name of two lines', 'damaged', [relay, turn, record(3, 'a\nb'), record(5, 'c')]],
    ['two pages', 'damaged', [relay, record(7, 'https://a.example/'), record(7, 'https://b.example/')]],
    [
      'five servers',
      'damaged',
      [relay, record(4, 's'), ...'abcde'.split('').map((one) => record(2, `turn:${one}.example`))],
    ],
    ['three relays', 'damaged', 'abc'.split('').map((one) => record(1, `wss://${one}.example`))],
    ['an end of eight bytes', 'damaged', [relay, record(6, new Uint8Array(8))]],
    ['an empty relay', 'damaged', [record(1, '')]],
    ['a name of 65 bytes', 'damaged', [relay, record(8, 'n'.repeat(65))]],
    ['an address of 129 bytes', 'damaged', [record(1, `wss://a.example/${'x'.repeat(113)}`)]],
    ['only a page', 'nothing-in-it', [record(7, 'https://a.example/')]],
    ['nothing', 'nothing-in-it', []],
  ])('with %s is refused', async (_what, refused, records) => {
    expect(await parseServerLink(await versionOne(...records), sealer)).toEqual({ refused });
  });

  it('has a name without signs that deceive', async () => {
    const read = await parseServerLink(await versionOne(relay, record(8, 'my\u202e\nserver')), sealer);
    expect(read).toMatchObject({ link: { name: expect.not.stringMatching(/[\u202e\n]/) } });
  });

  it('never makes the parser throw, and what it takes can be written again', async () => {
    const anyRecord = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.oneof(
        fc.uint8Array({ maxLength: 140 }),
        fc.constantFrom('wss://a.example', 'turn:a.example', 'stun:b.example', 'user', 'https://a.example/').map(utf8),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 12 }), async (records) => {
        const text = await versionOne(...records.map(([type, value]) => record(type, new Uint8Array(value))));
        const read = await parseServerLink(text, sealer);
        if ('link' in read)
          expect(await parseServerLink(await formatServerLink(read.link, sealer), sealer)).toEqual(read);
      }),
      { numRuns: fuzzRuns(200) },
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
        await parseServerLink(`ffc-server:1:${text}`, sealer);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });
});

describe('the address of a guest page', () => {
  it.each([
    'https://call.example.org/join/',
    'https://a.example',
    'http://127.0.0.1:8780/join/',
    'http://localhost:1/',
  ])('may be %s', (address) => expect(isAcceptablePage(address)).toBe(true));
  it.each(['http://a.example/', 'https://', 'ftp://a.example/', 'https://a b/', 'https://127.1/', 'wss://a.example/'])(
    'may not be %s',
    (address) => expect(isAcceptablePage(address)).toBe(false),
  );
});
