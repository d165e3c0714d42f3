// Parsers of what devices of one person say to each other.

import { defaultSettings } from '../../src/core/data/settings.ts';
import { formatEntry, maxEntryLength, parseEntry } from '../../src/core/devices/kept-entry.ts';
import { callIn, contactIn, settingsIn } from '../../src/core/devices/own-values.ts';
import { parseOwnWord } from '../../src/core/devices/own-word.ts';
import { type FuzzedParser, json, jsonWords, keysOf, must, mustBeBytes, mustBeCount, textOf } from './fuzzed-parser.ts';

const id16 = 'AAAAAAAAAAAAAAAAAAAAAA';
const id8 = 'AAAAAAAAAAA';
const key = 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const nowMs = 1_800_000_000_000;
const head = { v: 1, id: id16, dev: id8, n: 1, ts: nowMs };
const words = [
  { ...head, t: 'news', h: 'A'.repeat(16) },
  { ...head, t: 'want', to: id8, ek: key, b: 'A'.repeat(512), back: true },
  { ...head, t: 'entries', to: id8, e: ['["me",{"name":[1,"AAAAAAAAAAA","A"]}]'] },
];

const ownWord: FuzzedParser = {
  name: 'own-word',
  dictionary: [...jsonWords, ...keysOf(...words), '"where"', key, id16],
  seeds: json(...words),
  check(input) {
    const said = parseOwnWord(textOf(input));
    if (!said) return;
    mustBeBytes(said.dev, 8);
    mustBeCount(said.n);
    if (said.t === 'entries')
      must(said.e.length <= 128 && said.e.every(({ length }) => length <= maxEntryLength), 'too much');
    if (said.t === 'want') mustBeBytes(said.b, 384);
  },
};

const person = '0900000000000000000000000000000000000000000000000000000000000000';
const entries = [
  [
    `contact:${person}`,
    {
      '': [1, id8, { x: key, from: 'link', at: 1 }],
      name: [1, id8, 'Bob'],
      link: [1, id8, { s: id16, r: [] }],
      inbox: [1, id8, { inboxGeneration: 1 }],
    },
  ],
  [
    'call:x',
    {
      '': [
        1,
        id8,
        {
          contactId: person,
          contactName: 'Bob',
          direction: 'incoming',
          media: 'audio',
          outcome: 'missed',
          at: 1,
          durationMs: 0,
        },
      ],
    },
  ],
  [
    'settings',
    {
      hideAddress: [1, id8, true],
      relays: [1, id8, ['wss://a.example/']],
      iceServers: [1, id8, [{ urls: 'stun:a.example' }]],
    },
  ],
  ['group:Choir', { '': [1, id8, [person]], '-': [2, id8, true] }],
];

const keptEntry: FuzzedParser = {
  name: 'kept-entry',
  dictionary: [...jsonWords, '"contact:', '"call:', '"settings"', '"link":', id8, key, person],
  seeds: json(...entries),
  check(input) {
    const read = parseEntry(textOf(input), nowMs);
    if (!read) return;
    for (const { at, by } of Object.values(read.entry)) {
      mustBeCount(at);
      mustBeBytes(by, 8);
      must(at <= nowMs + 7_200_000, 'a time of tomorrow');
    }
    const again = parseEntry(formatEntry(read.key, read.entry), nowMs);
    must(
      JSON.stringify(again) === JSON.stringify(read) || formatEntry(read.key, read.entry).length > maxEntryLength,
      'reads something else',
    );
    const contact = contactIn(read.key, read.entry);
    if (contact)
      must(
        contact.relays.length <= 3 && contact.name !== '' && contact.x25519.length === 32,
        'a contact out of bounds',
      );
    const call = callIn(read.key, read.entry);
    if (call) must(call.callId.length <= 64 && call.at >= 0, 'a call out of bounds');
    const settings = settingsIn(defaultSettings, undefined, read.entry);
    must(typeof settings.hideAddress === 'boolean' && Array.isArray(settings.relays), 'settings out of bounds');
  },
};

export const ownWordParsers: readonly FuzzedParser[] = [ownWord, keptEntry];
