// Parsers of links, which anybody may have made: contact links and guest links, as they are and as programs mangle them; server links.
import { type Bytes, concat, utf8 } from '../../src/core/base/bytes.ts';
import { cleanDisplayName, displayNameForLink } from '../../src/core/base/display-name.ts';
import {
  formatContactLink,
  formatGuestLink,
  parseContactLink,
  parseGuestLink,
} from '../../src/core/identity/contact-link.ts';
import { readableLink } from '../../src/core/identity/link-repair.ts';
import { isPublicRelayUrl, serversFromOthers } from '../../src/core/network/others-relays.ts';
import { isAcceptableRelayUrl } from '../../src/core/network/relay-address.ts';
import { readInvitation } from '../../src/guest/invitation.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';
import { type FuzzedParser, must, textOf } from './fuzzed-parser.ts';
import { serverLink } from './server-link-parser.ts';

/** Takes any signature: what a link holds is read as if its owner had written it. */
const glasses = { sha256: (bytes: Bytes) => sealer.sha256(bytes), verify: async () => true };

/** So that a change reaches what signature and checksum cover, both are made anew. */
async function withChecksum(input: Bytes): Promise<string> {
  const body = concat(input.slice(0, 500), Uint8Array.of(3, 64), new Uint8Array(64));
  const text = `ffc:1:${Buffer.from(concat(body, Uint8Array.of(255, 4), (await sealer.sha256(body)).slice(0, 4))).toString('base64url')}`;
  return text;
}

const sampleLink = async () => {
  const { ed25519, x25519, keys } = await testIdentity(1);
  const relays = ['wss://relay.example/'];
  return { ed25519, x25519, inboxSecret: keys.inboxSecret, relays, name: 'Zoë Müller', madeAt: 1_764_400_000_000 };
};

const pen = async () => ({ sealer, signer: (await testIdentity(1)).signer });

const contactLink: FuzzedParser = {
  name: 'contact-link',
  dictionary: [
    Uint8Array.of(1, 20),
    Uint8Array.of(2, 3),
    Uint8Array.of(255, 4),
    Uint8Array.of(5, 22),
    Uint8Array.of(6, 30),
    Uint8Array.of(7, 8),
    Uint8Array.of(8, 18),
    'turns:',
    'wss://',
    'mqtt+',
    'ws://127.0.0.1',
    '[::1]',
    '\u202e',
    ':65536',
  ],
  async seeds() {
    const link = await sampleLink();
    const own = await pen();
    const door = {
      servers: [
        { urls: 'turn:turn.example:3478', username: '1764486400:guest-1f', credential: 'kQp8+a0=' },
        { urls: 'stun:stun.example:3478' },
      ],
      opensAt: 1_764_400_000_000,
      closesAt: 1_764_486_400_000,
      title: 'Parents’ evening',
    };
    const bodies = await Promise.all([formatContactLink(link, own), formatGuestLink({ ...link, ...door }, own)]);
    // Without signature and checksum, which are made for each input.
    return bodies.map((text) => Uint8Array.from(Buffer.from(text.slice(6), 'base64url')).slice(0, -72));
  },
  async check(input) {
    await parseContactLink(textOf(input), sealer);
    const text = await withChecksum(input);
    for (const [parse, format] of [
      [parseContactLink, formatContactLink],
      [parseGuestLink, formatGuestLink],
    ] as const) {
      const read = await parse(text, glasses);
      if ('refused' in read) continue;
      const { link } = read;
      must(link.relays.length <= 3 && link.relays.every(isAcceptableRelayUrl), 'relays out of bounds');
      must(cleanDisplayName(link.name) === link.name, 'a name that is not clean');
      const again = await parse(await format(link, await pen()), glasses);
      const kept = { ...link, name: displayNameForLink(link.name) };
      must(JSON.stringify(again) === JSON.stringify({ link: kept }), 'reads something else when it is written again');
    }
  },
};

const linkRepair: FuzzedParser = {
  name: 'link-repair',
  dictionary: [
    'ffc:1:',
    'ffc%3A1%3A',
    '=3D',
    '=\r\n',
    '\n> ',
    '&#x66;',
    '&amp;',
    '<b>',
    '\\u0066',
    '%25',
    '\u2013',
    '\u00ad',
    ' ',
  ],
  async seeds() {
    const text = await formatContactLink(await sampleLink(), await pen());
    return [
      utf8(text),
      utf8(`Hi <a href="${encodeURIComponent(text)}">call me</a>`),
      utf8(text.replaceAll(/.{60}/g, '$&=\r\n')),
    ];
  },
  async check(input) {
    const found = await readableLink(textOf(input), sealer);
    if (found === undefined) return;
    must(/^ffc:[1-9]\d{0,2}:[A-Za-z0-9_-]+$/.test(found), 'not in its canonical form');
    await parseContactLink(found, sealer);
  },
};

/** What stands behind the # of the address of a page for guests. */
const invitation: FuzzedParser = {
  name: 'invitation',
  dictionary: [
    ...linkRepair.dictionary,
    Uint8Array.of(5, 22),
    Uint8Array.of(6, 30),
    Uint8Array.of(7, 8),
    'ws://127.0.0.1:8080/',
    'turn:192.168.0.1',
    'wss://router.local/',
  ],
  async seeds() {
    const near = {
      ...(await sampleLink()),
      relays: ['ws://127.0.0.1:8080/', 'wss://router.local/', 'wss://relay.example/'],
      servers: [{ urls: 'turn:127.0.0.1:3478', username: 'u', credential: 'p' }, { urls: 'stun:stun.example:3478' }],
    };
    const text = await formatGuestLink(near, await pen());
    return [...(await contactLink.seeds()), Uint8Array.from(Buffer.from(text.slice(6), 'base64url')).slice(0, -72)];
  },
  async check(input) {
    for (const text of [textOf(input), await withChecksum(input)])
      for (const isNear of [false, true]) {
        const read = await readInvitation(text, glasses, isNear);
        if ('why' in read) continue;
        must(read.relays.length >= 1 && read.relays.length <= 3 && read.servers.length <= 2, 'addresses out of bounds');
        must(isNear || read.relays.every(isPublicRelayUrl), 'a relay of a private network');
        must(
          isNear || serversFromOthers(read.servers, false).length === read.servers.length,
          'a server of a private one',
        );
      }
  },
};

export const linkParsers: readonly FuzzedParser[] = [contactLink, linkRepair, invitation, serverLink];
