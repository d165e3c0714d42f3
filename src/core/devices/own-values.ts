// What of a device belongs to its person and is kept the same on all of them (docs/protocol.md#kept-the-same), as entries of single values; and
// back again, where they are what they should be. Pure.
import { fromHex, toBase64url, toHex } from '../base/bytes.ts';
import { cleanDisplayName } from '../base/display-name.ts';
import { quantumKeyBytes } from '../base/ports.ts';
import { newerInbox } from '../data/backup-merge.ts';
import type { HistoryEntry } from '../data/history-entry.ts';
import { defaultSettings, mostGroups, type SavedGroup, type Settings } from '../data/settings.ts';
import { maxPeople } from '../group/roster.ts';
import type { Contact } from '../identity/contact.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../identity/ed25519-point.ts';
import { isAcceptableQuantumKey } from '../identity/quantum-key.ts';
import { isLoopbackRelay } from '../network/relay-address.ts';
import { type Growth, type Json, type KeptEntry, textOf, type Values } from './kept-entry.ts';
import {
  areIds,
  areLinkRelays,
  bytesIn,
  isCall,
  isCount,
  isGeneration,
  isMoment,
  isName,
  isOneOf,
  isRingtone,
  isShaped,
  isVerification,
  isYesOrNo,
  settingChecks,
} from './own-checks.ts';

/**
 * The settings that are the person's, wherever they are. All others are a computer's, or of the moment: devices, effects and quality, how and
 * whether it rings there now, how groups are seen, the own picture.
 */
const shared = Object.keys(settingChecks) as (keyof typeof settingChecks)[];
/** What only grows: of two the greater counts. */
const growing: ReadonlySet<string> = new Set(['linkGeneration', 'linkMadeAt', 'inboxFloor']);

/** What is kept the same, as it is in the stores. */
export interface OwnState {
  readonly name: string;
  readonly settings: Settings;
  readonly contacts: readonly Contact[];
  readonly history: readonly HistoryEntry[];
}

export type OwnThing = 'me' | 'settings' | 'group' | 'contact' | 'call' | 'unknown';

/** What an entry is about, by its key. */
export function thingOf(key: string): { readonly thing: OwnThing; readonly id: string } {
  if (key === 'me' || key === 'settings') return { thing: key, id: '' };
  const [, kind, id = ''] = /^(group|contact|call):(.+)$/s.exec(key) ?? [];
  return { thing: (kind as OwnThing | undefined) ?? 'unknown', id };
}

const contactValues = (one: Contact): Values => ({
  '': { x: toBase64url(one.x25519), from: one.addedFrom, at: one.addedAt },
  name: one.name,
  link: {
    s: toBase64url(one.inboxSecret),
    r: one.relays,
    ...(one.linkMadeAt === undefined ? {} : { at: one.linkMadeAt }),
  },
  ...(one.blocked ? { blocked: true } : {}),
  ...(one.hideAddress ? { hideAddress: true } : {}),
  ...(one.favourite ? { favourite: true } : {}),
  ...(one.muted ? { muted: true } : {}),
  ...(one.ringTone ? { ringTone: one.ringTone } : {}),
  ...(one.verification.state === 'unverified' ? {} : { verification: { ...one.verification } }),
  ...(one.theirInbox ? { theirInbox: toBase64url(one.theirInbox) } : {}),
  ...(one.quantumKey ? { quantumKey: toBase64url(one.quantumKey) } : {}),
  ...(one.inboxGeneration === undefined && one.hasOurInbox === undefined ? {} : { inbox: inboxOf(one) }),
});
/** In which field of an entry each part of a contact is: a new part breaks the build until it has a place, too. */
const placeOf: Readonly<Record<keyof Contact, string>> = {
  ...{ id: '', ed25519: '', x25519: '', addedAt: '', addedFrom: '' },
  name: 'name',
  ...{ inboxSecret: 'link', relays: 'link', linkMadeAt: 'link' },
  ...{ inboxGeneration: 'inbox', inboxOldest: 'inbox', hasOurInbox: 'inbox' },
  blocked: 'blocked',
  hideAddress: 'hideAddress',
  favourite: 'favourite',
  muted: 'muted',
  ringTone: 'ringTone',
  verification: 'verification',
  theirInbox: 'theirInbox',
  quantumKey: 'quantumKey',
};
/** Those that can be missing. */
const contactFields = Object.entries(placeOf).flatMap(([part, place]) =>
  part === place && part !== 'name' ? [part] : [],
);

type InboxFields = Pick<Contact, 'inboxGeneration' | 'inboxOldest' | 'hasOurInbox'>;
const inboxOf = ({ inboxGeneration, inboxOldest, hasOurInbox }: InboxFields): Json => ({
  ...(inboxGeneration === undefined ? {} : { inboxGeneration, inboxOldest: inboxOldest ?? inboxGeneration }),
  ...(hasOurInbox === undefined ? {} : { hasOurInbox }),
});

function settingsValues(settings: Settings): Values {
  const values: Record<string, Json | undefined> = {};
  for (const name of shared) {
    const value = (name === 'relays' ? settings.relays.filter((url) => !isLoopbackRelay(url)) : settings[name]) as Json;
    if (textOf(value) !== textOf(defaultSettings[name] as Json)) values[name] = value;
  }
  // A list of relays that is empty here says nothing: without one no device would be found again.
  return { ...values, relays: values['relays'] };
}

/** What a device has, by the keys of entries. */
export function valuesOf({ name, settings, contacts, history }: OwnState): ReadonlyMap<string, Values> {
  return new Map<string, Values>([
    ['me', { name }],
    ['settings', settingsValues(settings)],
    ...settings.savedGroups.map((group): [string, Values] => [`group:${group.name}`, { '': group.contactIds }]),
    ...contacts.map((one): [string, Values] => [`contact:${one.id}`, contactValues(one)]),
    ...history.map(({ callId, seen, ...call }): [string, Values] => [
      `call:${callId}`,
      { '': call as unknown as Json, ...(seen && call.outcome === 'missed' ? { seen: true } : {}) },
    ]),
  ]);
}

/** Whether a value that is missing here was taken away here: what a later version has said was not. */
export function isKnownField(key: string, field: string): boolean {
  const { thing } = thingOf(key);
  if (thing === 'settings') return shared.some((one) => one === field);
  if (thing === 'contact') return contactFields.includes(field);
  return thing !== 'unknown' && (field === '' || field === 'seen');
}

/** When something was set that was there before devices knew of each other. @param createdAt when the identity came to this device. */
export function firstSetAt(key: string, field: string, values: Values, createdAt: number): number {
  const { thing } = thingOf(key);
  const at = (value: Json | undefined) => Number((value as { readonly at?: number } | undefined)?.at ?? 0);
  if (thing === 'contact') return Math.max(at(values['']), field === 'verification' ? at(values[field]) : 0);
  if (thing === 'call') return at(values['']);
  // Of two devices that have chosen otherwise, the one counts that has had the words for longer; any later choice comes after both.
  return Math.max(1, Math.floor(1e12 - createdAt / 4));
}

/** What is no choice but grows: the counts of inboxes, and when the own link was made. */
export function growthOf(key: string): Growth {
  const { thing } = thingOf(key);
  return {
    grows: (field) => (thing === 'settings' ? growing.has(field) : thing === 'contact' && field === 'inbox'),
    join: (_, one, two) =>
      thing === 'settings'
        ? Math.max(Number(one), Number(two))
        : inboxOf(newerInbox(one as InboxFields, two as InboxFields)),
  };
}

const saidIn = (entry: KeptEntry, field: string): Json | undefined => entry[field]?.value;

/** What may be said of a contact beside who it is, and under which name and link. */
const choices = {
  blocked: isYesOrNo,
  hideAddress: isYesOrNo,
  favourite: isYesOrNo,
  muted: isYesOrNo,
  ringTone: isRingtone,
  verification: isVerification,
} as const;
const isFacts = isShaped({ x: isName, from: isOneOf('link', 'scan', 'image', 'request', 'call'), at: isCount });
const isLink = isShaped({ s: isName, r: areLinkRelays, 'at?': isMoment });
const isInbox = isShaped({ 'inboxGeneration?': isGeneration, 'inboxOldest?': isGeneration, 'hasOurInbox?': isYesOrNo });
type Fields = Readonly<Record<string, Json>>;

/** The contact as the entry has it; undefined where it is none, or is there no longer. */
export function contactIn(key: string, entry: KeptEntry): Contact | undefined {
  const { id } = thingOf(key);
  const [facts, link, inbox] = ['', 'link', 'inbox'].map((field) => saidIn(entry, field) ?? {}) as [
    Fields,
    Fields,
    Fields,
  ];
  if (!isFacts(facts) || !isLink(link) || !isInbox(inbox)) return undefined;
  const [ed25519, x25519] = [fromHex(id), bytesIn(facts['x'], 32)];
  const inboxSecret = bytesIn(link['s'], 16);
  if (ed25519?.length !== 32 || !x25519 || !inboxSecret) return undefined;
  if (!isAcceptableEd25519Key(ed25519) || !isAcceptableX25519Key(x25519)) return undefined;
  const chosen = Object.entries(choices).flatMap(([field, check]) => {
    const value = saidIn(entry, field);
    return check(value) ? [[field, value]] : [];
  });
  const theirInbox = bytesIn(saidIn(entry, 'theirInbox'), 16);
  const quantumKey = bytesIn(saidIn(entry, 'quantumKey'), quantumKeyBytes);
  return {
    blocked: false,
    verification: { state: 'unverified' },
    ...(Object.fromEntries(chosen) as Partial<Contact>),
    ...(inbox as InboxFields),
    ...(theirInbox ? { theirInbox } : {}),
    ...(quantumKey && isAcceptableQuantumKey(quantumKey) ? { quantumKey } : {}),
    ...(link['at'] === undefined ? {} : { linkMadeAt: Number(link['at']) }),
    id,
    ed25519,
    x25519,
    inboxSecret,
    relays: link['r'] as readonly string[],
    name: nameIn(entry) ?? id.slice(0, 8),
    addedAt: Number(facts['at']),
    addedFrom: facts['from'] as Contact['addedFrom'],
  };
}

export function callIn(key: string, entry: KeptEntry): HistoryEntry | undefined {
  const call = saidIn(entry, '');
  const { id: callId } = thingOf(key);
  if (!isCall(call) || callId.length > 64) return undefined;
  const said = call as unknown as Omit<HistoryEntry, 'callId' | 'seen'>;
  return { ...said, callId, seen: said.outcome !== 'missed' || saidIn(entry, 'seen') === true };
}

/** The settings with what the entry has otherwise than before; those that are nobody's but this computer's stay. */
export function settingsIn(here: Settings, before: KeptEntry | undefined, entry: KeptEntry): Settings {
  const changed: Record<string, unknown> = {};
  for (const name of shared) {
    const said = entry[name];
    if (!said || textOf(said as never) === textOf(before?.[name] as never)) continue;
    const value = said.value ?? defaultSettings[name];
    if (settingChecks[name](value)) changed[name] = value;
  }
  const relays = changed['relays'] as readonly string[] | undefined;
  if (relays)
    changed['relays'] = relays.length === 0 ? here.relays : [...relays, ...here.relays.filter(isLoopbackRelay)];
  return { ...here, ...changed };
}

export function nameIn(entry: KeptEntry): string | undefined {
  const name = saidIn(entry, 'name');
  return typeof name === 'string' && name.length <= 512 ? cleanDisplayName(name) || undefined : undefined;
}

/** The groups once this entry counts; as they are where it is no group. */
export function groupsWith(groups: readonly SavedGroup[], key: string, entry: KeptEntry): readonly SavedGroup[] {
  const { id } = thingOf(key);
  const at = groups.findIndex(({ name }) => name === id);
  if (!entry['']) return groups.filter((_, i) => i !== at);
  const contactIds = saidIn(entry, '');
  if (!areIds(contactIds) || cleanDisplayName(id) !== id) return groups;
  const group = { name: id, contactIds: (contactIds as readonly string[]).slice(0, maxPeople - 1) };
  return at === -1 ? [...groups, group].slice(0, mostGroups) : groups.with(at, group);
}

/** Whether a contact is the one that is kept: with another sealing key it is not the same person's. */
export function isSamePerson(here: Contact | undefined, there: Contact, ownId: string): boolean {
  return there.id !== ownId && (!here || toHex(here.x25519) === toHex(there.x25519));
}
