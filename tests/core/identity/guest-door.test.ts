// What a guest link says of the door (docs/protocol.md#guest-link): servers, times, title.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, toHex, u32be, utf8 } from '../../../src/core/base/bytes.ts';
import {
  formatGuestLink,
  maxGuestLinkLength,
  maxLinkLength,
  parseContactLink,
  parseGuestLink,
} from '../../../src/core/identity/contact-link.ts';
import { doorAt, doorRecords, type GuestDoor, readDoor } from '../../../src/core/identity/guest-door.ts';
import { serversFromOthers } from '../../../src/core/network/others-relays.ts';
import { alice, head, pen, record, signedLinkOf } from '../../support/samples/signed-links.ts';
import { fuzzRuns, sealer } from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';

const turn = {
  urls: 'turn:turn.example.org:3478',
  username: '1795086400:guest-3f9a',
  credential: 'Zm9vYmFyYmF6cXV1eA==',
};
const door: GuestDoor = {
  servers: [turn, { ...turn, urls: 'turns:turn.example.org:5349?transport=tcp' }],
  opensAt: 1_795_000_000_000,
  closesAt: 1_795_007_200_000,
  title: 'Parents’ evening',
};

const lengthPrefixed = (text: string) => concat(Uint8Array.of(text.length), utf8(text));
const signIn = (user: string, password: string) => concat(lengthPrefixed(user), lengthPrefixed(password));
const signInRecord = record.bind(undefined, 6);
const guestHead = () => head({ flags: 1 });

describe('the door of a guest link', () => {
  it('comes back as it was written, and adds nothing to a link that says nothing of it', async () => {
    const text = await formatGuestLink({ ...alice, ...door }, pen);
    expect(await parseGuestLink(text, sealer)).toEqual({ link: { ...alice, ...door } });
    expect(text.length).toBeLessThan(700);
    const plain = await parseGuestLink(await formatGuestLink(alice, pen), sealer);
    expect(plain).toEqual({ link: alice });
    expect(Object.keys('link' in plain ? plain.link : {})).not.toContain('servers');
  });

  it('is byte for byte what the specification says', async () => {
    const records = [
      record(5, 'turn:turn.example.org:3478'),
      record(5, 'turns:turn.example.org:5349?transport=tcp'),
      signInRecord(signIn(turn.username, turn.credential)),
      record(7, concat(u32be(1_795_000_000), u32be(1_795_007_200))),
      record(8, 'Parents’ evening'),
    ];
    const madeAt = new Uint8Array([0x01, 0xa1, 0xee, 0x56, 0x5e, 0x7b]);
    const relays = alice.relays.map((relay) => record(1, relay));
    const body = concat(guestHead(), ...relays, record(2, alice.name), record(4, madeAt), ...records);
    const text = await formatGuestLink({ ...alice, ...door }, pen);
    expect(text).toBe(await signedLinkOf(body));
    expectVectors('guest-door.json', {
      'test identity': 1,
      records: records.map((one) => toHex(one)),
      ...door,
      text,
    });
  });

  // Seen to fail with the door read for links of either kind.
  it('is skipped in a contact link, as any record of a later day is', async () => {
    const body = concat(head(), record(5, 'nonsense'), record(7, 'x'), record(2, 'Zoë'));
    expect(await parseContactLink(await signedLinkOf(body), sealer)).toMatchObject({ link: { name: 'Zoë' } });
  });

  it('leaves records of a later day alone', async () => {
    const body = concat(guestHead(), record(99, 'new'), record(8, 'Choir'));
    expect(await parseGuestLink(await signedLinkOf(body), sealer)).toMatchObject({ link: { title: 'Choir' } });
  });

  it('keeps a link within 1100 characters: servers with long names are left out', async () => {
    const long = (letter: string) => ({ ...turn, urls: `turn:${`${letter.repeat(60)}.`.repeat(2)}ex:3478` });
    const relays = ['a', 'b', 'c'].map((one) => `wss://${one}.example/`.padEnd(128, 'x'));
    const longest = { ...alice, relays, name: 'n'.repeat(64), title: 't'.repeat(64) };
    const text = await formatGuestLink({ ...longest, servers: [long('d'), long('e')] }, pen);
    expect(text.length).toBeLessThanOrEqual(maxGuestLinkLength);
    expect(await parseGuestLink(text, sealer)).toMatchObject({ link: { title: longest.title } });
  });

  // Seen to fail with the second limit taken out of readLink.
  it('makes no room for longer contact links', async () => {
    const filled = (flags: number) =>
      signedLinkOf(
        concat(head({ flags }), record(77, 'x'.repeat(250)), record(78, 'x'.repeat(254)), record(79, 'x'.repeat(20))),
      );
    expect((await filled(0)).length).toBeGreaterThan(maxLinkLength);
    expect(await parseContactLink(await filled(0), sealer)).toEqual({ refused: 'too-long' });
    expect(await parseGuestLink(await filled(1), sealer)).toHaveProperty('link');
  });

  // Each seen to fail with its condition taken out of readDoor.
  it.each([
    ['three servers', ['a', 'b', 'c'].map((one) => record(5, `stun:${one}.example:3478`))],
    ['a server that is none', [record(5, 'https://turn.example')]],
    ['a server of 129 bytes', [record(5, `stun:${'a.'.repeat(57)}example:3478`)]],
    ['a TURN server without a password', [record(5, 'turn:turn.example:3478')]],
    ['a password for nothing', [signInRecord(signIn('u', 'p'))]],
    ['a password for a STUN server', [record(5, 'stun:stun.example:3478'), signInRecord(signIn('u', 'p'))]],
    [
      'two passwords',
      [record(5, 'turn:t.example:3478'), signInRecord(signIn('u', 'p')), signInRecord(signIn('u', 'p'))],
    ],
    ['a password with a blank', [record(5, 'turn:t.example:3478'), signInRecord(signIn('u', 'a b'))]],
    ['a password of 97 signs', [record(5, 'turn:t.example:3478'), signInRecord(signIn('u', 'p'.repeat(97)))]],
    ['half a password', [record(5, 'turn:t.example:3478'), signInRecord(signIn('u', 'password').slice(0, -1))]],
    ['more behind the password', [record(5, 'turn:t.example:3478'), signInRecord(concat(signIn('u', 'p'), utf8('x')))]],
    ['times of seven bytes', [record(7, new Uint8Array(7))]],
    ['two times', [record(7, new Uint8Array(8)), record(7, new Uint8Array(8))]],
    ['an end before the beginning', [record(7, concat(u32be(20), u32be(10)))]],
    ['two titles', [record(8, 'A'), record(8, 'B')]],
    ['a title of 65 bytes', [record(8, 'a'.repeat(65))]],
    ['a title that is not UTF-8', [record(8, new Uint8Array([0xff]))]],
  ])('with %s is damaged', async (_, records) => {
    const text = await signedLinkOf(concat(guestHead(), ...records));
    expect(await parseGuestLink(text, sealer)).toEqual({ refused: 'damaged' });
  });

  it('shows its title cleaned (E.14)', async () => {
    const text = await signedLinkOf(concat(guestHead(), record(8, 'Choir\u202E gnp.\n<b>')));
    expect(await parseGuestLink(text, sealer)).toMatchObject({ link: { title: 'Choir gnp. <b>' } });
  });

  it('says no server that has no password or another one than the first, and no more than two', () => {
    const servers = [
      { urls: 'turn:a.example:3478' },
      { ...turn, urls: 'turn:b.example:3478' },
      { ...turn, urls: 'turn:c.example:3478', credential: 'other' },
      { urls: 'stun:d.example:3478', username: 'u', credential: 'p' },
      { ...turn, urls: 'turn:e.example:3478' },
    ];
    expect(readDoor(doorRecords({ servers }))).toEqual({
      servers: [{ ...turn, urls: 'turn:b.example:3478' }, { urls: 'stun:d.example:3478' }],
    });
  });

  it('comes back whatever is said of it, and is never said otherwise than it can be read', () => {
    const server = fc.record({
      urls: fc.oneof(
        fc.constantFrom('turn:a.example:3478', 'stun:b.example:3478', 'turns:[2001:db8::1]:443?transport=tcp'),
        fc.string(),
      ),
      username: fc.string({ maxLength: 100 }),
      credential: fc.string({ maxLength: 100 }),
    });
    const any = fc.record({
      servers: fc.array(server, { maxLength: 4 }),
      opensAt: fc.nat(2 ** 31),
      closesAt: fc.integer({ min: 2 ** 31, max: 2 ** 40 }),
      title: fc.string({ unit: 'binary', maxLength: 30 }),
    });
    fc.assert(
      fc.property(any, (said) => {
        const read = readDoor(doorRecords(said));
        expect(read).toBeDefined();
        expect(readDoor(doorRecords(read ?? {}))).toEqual(read);
        expect(read?.servers?.length ?? 0).toBeLessThanOrEqual(2);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('of any bytes is read or refused, and never a crash (E.55)', () => {
    const any = fc.tuple(fc.constantFrom(5, 6, 7, 8), fc.uint8Array({ maxLength: 140 }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (records) => {
        const read = readDoor(records.map(([type, value]) => [type, new Uint8Array(value)] as const));
        if (read) expect(readDoor(doorRecords(read))).toEqual(read);
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it('is open from its first moment and until its last', () => {
    expect(doorAt({}, 0)).toBe('open');
    const { opensAt = 0, closesAt = 0 } = door;
    expect([opensAt - 1, opensAt, closesAt - 1, closesAt].map((now) => doorAt(door, now))).toEqual([
      'early',
      'open',
      'open',
      'closed',
    ]);
  });
});

describe('servers that a guest link names', () => {
  const named = (...urls: string[]) => urls.map((one) => ({ urls: one }));

  // Seen to fail with isPublicHost left out.
  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '192.168.1.1',
    '10.0.0.1',
    '169.254.169.254',
    '[fd00::1]',
    'router',
    'nas.local',
  ])('are not asked at %s', (host) => {
    expect(serversFromOthers(named(`turn:${host}:3478`), false)).toEqual([]);
  });

  it('are asked on the whole internet, and on this machine by a page that came from it', () => {
    const [there, here] = [named('turn:turn.example.org:3478'), named('stun:127.0.0.1:3478')];
    expect(serversFromOthers([...there, ...here], false)).toEqual(there);
    expect(serversFromOthers([...there, ...here], true)).toEqual([...there, ...here]);
    expect(serversFromOthers(named('turn:192.168.1.1:3478'), true)).toEqual([]);
  });
});
