// Parsers of what members of a group say to each other: words that are handed on, and signed entries.
import { utf8 } from '../../src/core/base/bytes.ts';
import { cleanDisplayName } from '../../src/core/base/display-name.ts';
import { formatMeshMessage, maxHops, parseMeshMessage } from '../../src/core/group/mesh-message.ts';
import { maxHeard, maxPeople, parseEntry, type RosterEntry, signEntry } from '../../src/core/group/roster.ts';
import { testIdentity } from '../support/samples/test-identity.ts';
import {
  type FuzzedParser,
  json,
  jsonWords,
  keysOf,
  must,
  mustBeBytes,
  mustReadAgain,
  textOf,
} from './fuzzed-parser.ts';

const id16 = 'AAAAAAAAAAAAAAAAAAAAAA';
const id8 = 'AAAAAAAAAAA';
const hex32 = 'ab'.repeat(32);
const nowMs = 1_800_000_000_000;

const handedOn = [
  { t: 'entry', e: '{"v":1}', s: 'A'.repeat(86) },
  { t: 'pass', id: id8, to: hex32, topic: hex32, body: 'QUJD', hops: 3 },
  { t: 'forward', of: hex32, stream: 'abc', screen: 'def', microphone: true, camera: true, speaking: false },
  { t: 'react', emoji: '👏' },
];

const meshWord: FuzzedParser = {
  name: 'mesh-word',
  dictionary: [...jsonWords, ...keysOf(...handedOn), hex32, '❤️', '❤'],
  seeds: json(...handedOn),
  check(input) {
    const said = parseMeshMessage(textOf(input));
    if (!said) return;
    if (said.t === 'pass')
      must(said.hops >= 0 && said.hops <= maxHops && said.body.length <= 44_000, 'a word to hand on');
    if (said.t === 'entry') must(said.e.length <= 4_096, 'a long entry');
    mustReadAgain(said, (value) => parseMeshMessage(formatMeshMessage(value)));
  },
};

async function entries(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const { ed25519, x25519 } = await testIdentity(1);
  const usual: RosterEntry = {
    id: '',
    ed25519,
    x25519,
    ek: x25519,
    ask: id16,
    heard: [id16],
    n: nowMs,
    name: 'Zoë Müller',
    relays: ['wss://relay.example/'],
    here: true,
    links: [hex32],
    lacks: [],
    calling: [{ id: hex32, state: 'ringing' }],
    hand: false,
    locked: false,
    waiting: [hex32],
    rec: { id: id16, state: 'asking', since: nowMs },
    says: [{ rec: id16, yes: false, forget: true }],
  };
  return [utf8((await signed(usual)).e)];
}

const signed = (entry: RosterEntry) =>
  signEntry({ publicKey: entry.ed25519, sign: async () => new Uint8Array(64) }, entry);

const rosterEntry: FuzzedParser = {
  name: 'roster-entry',
  dictionary: [
    ...jsonWords,
    hex32,
    id16,
    '"waiting":',
    '"lacks":',
    '"calling":',
    'wss://',
    '\u202e',
    '"state":"calling"',
    '"rec":',
    '"says":',
    '"state":"paused"',
    '"forget":true',
    '"halt":true',
  ],
  seeds: entries,
  async check(input) {
    const entry = parseEntry({ e: textOf(input), s: '' }, nowMs);
    if (!entry) return;
    const { name, links, lacks, calling, waiting = [], relays, heard, n } = entry;
    must(name.length <= 128 && cleanDisplayName(name) === name, 'a name out of bounds');
    for (const list of [links, lacks, calling, waiting]) must(list.length < maxPeople, 'too many people');
    const { rec, says = [] } = entry;
    if (rec) mustBeBytes(rec.id, 16);
    must(says.length < maxPeople && !says.some(({ yes, forget }) => yes && forget), 'answers out of bounds');
    must(new Set(says.map((one) => one.rec)).size === says.length, 'two answers to one recording');
    must(relays.length <= 3 && heard.length <= maxHeard, 'too many relays or questions');
    must(Number.isSafeInteger(n) && n >= 1 && n <= nowMs + 6 * 3_600_000, 'a number out of bounds');
    const again = parseEntry(await signed(entry), nowMs);
    must(JSON.stringify({ waiting, ...entry }) === JSON.stringify({ waiting, ...again }), 'reads something else again');
  },
};

export const groupParsers: readonly FuzzedParser[] = [meshWord, rosterEntry];
