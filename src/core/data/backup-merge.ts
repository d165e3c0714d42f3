// How what a backup holds joins what is already here: nothing that is here is lost, and what was proven or blocked stays so.
// Pure: the store reads, asks, and writes the answer.

import { equalBytes } from '../base/bytes.ts';
import type { Contact, ContactRequest, Verification } from '../identity/contact.ts';
import { currentInbox } from '../identity/contact-inbox.ts';
import type { BackupSettings } from './backup.ts';
import type { HistoryEntry } from './history-entry.ts';
import { mostGroups, type SavedGroup, type Settings } from './settings.ts';

/** The later comparison of the four emoji counts; one that was never made counts less than any. */
function laterVerification(here: Verification, there: Verification): Verification {
  if (there.state === 'unverified') return here;
  return here.state === 'unverified' || there.at > here.at ? there : here;
}

type InboxFields = Pick<Contact, 'inboxGeneration' | 'inboxOldest' | 'hasOurInbox'>;

/** Both counts of either side, the greater each. Whoever holds one of them still holds one. */
export function newerInbox(here: InboxFields, there: InboxFields): InboxFields {
  const [generation, oldest] = [
    Math.max(currentInbox(here), currentInbox(there)),
    Math.max(oldestOf(here), oldestOf(there)),
  ];
  const hasOurInbox = [here, there].some((one) => one.hasOurInbox === true && currentInbox(one) >= oldest);
  return {
    ...(generation > 0 ? { inboxGeneration: generation, inboxOldest: Math.min(oldest, generation) } : {}),
    ...(hasOurInbox || here.hasOurInbox !== undefined || there.hasOurInbox !== undefined ? { hasOurInbox } : {}),
  };
}

function oldestOf(one: InboxFields): number {
  return one.inboxOldest ?? currentInbox(one);
}

function laterLink({ relays, inboxSecret, linkMadeAt }: Contact): Partial<Contact> {
  return { relays, inboxSecret, ...(linkMadeAt === undefined ? {} : { linkMadeAt }) };
}

/**
 * The contact to keep when both sides have the same person: name, address and relays are those of here, which are newer than a
 * backup; blocked in either is blocked, and so is hiding our address; the later comparison counts. Of the own inboxes
 * for the person the newer count: what was cut off here or there stays cut off. Of two links the later counts.
 * @param floor the first inbox for somebody who becomes a contact here: who was removed here does not come back with what they held.
 */
export function mergeContact(here: Contact | undefined, there: Contact, floor = 0): Contact {
  if (here === undefined)
    return currentInbox(there) < floor ? { ...there, ...newerInbox(there, { inboxGeneration: floor }) } : there;
  // The sealing key follows from the person's words: with another one it is not the same person's record, and proves nothing.
  if (!equalBytes(here.x25519, there.x25519)) return here;
  const theirInbox = here.theirInbox ?? there.theirInbox;
  const quantumKey = here.quantumKey ?? there.quantumKey;
  const isLater = (there.linkMadeAt ?? 0) > (here.linkMadeAt ?? 0);
  return {
    ...here,
    ...(isLater ? laterLink(there) : {}),
    ...(theirInbox === undefined ? {} : { theirInbox }),
    ...(quantumKey === undefined ? {} : { quantumKey }),
    ...newerInbox(here, there),
    addedAt: Math.min(here.addedAt, there.addedAt),
    blocked: here.blocked || there.blocked,
    ...(here.hideAddress || there.hideAddress ? { hideAddress: true } : {}),
    ...(here.favourite || there.favourite ? { favourite: true } : {}),
    ...(here.muted || there.muted ? { muted: true } : {}),
    ...((here.ringTone ?? there.ringTone) ? { ringTone: here.ringTone ?? there.ringTone } : {}),
    verification: laterVerification(here.verification, there.verification),
  };
}

/** The settings of the backup, with the devices of here. What was given up or hidden here since then stays so. */
export function mergeSettings(here: Settings, there: BackupSettings): Settings {
  const linkGeneration = Math.max(here.linkGeneration, there.linkGeneration);
  // The own link changes with what comes from there: whoever knows the one of here is to take it for a later one.
  const isOfHere = here.linkGeneration === linkGeneration && here.relays.join('\n') === there.relays.join('\n');
  const isOfThere = there.linkGeneration === linkGeneration && there.linkMadeAt > here.linkMadeAt;
  const linkMadeAt = Math.max(here.linkMadeAt, there.linkMadeAt) + (isOfHere || isOfThere ? 0 : 1);
  return {
    ...here,
    ...there,
    linkGeneration,
    linkMadeAt,
    savedGroups: mergeGroups(here.savedGroups, there.savedGroups),
    inboxFloor: Math.max(here.inboxFloor, there.inboxFloor),
    hideAddress: here.hideAddress || there.hideAddress,
  };
}

/** Those of here, and of there those whose names are not taken. */
function mergeGroups(here: readonly SavedGroup[], there: readonly SavedGroup[]): readonly SavedGroup[] {
  const further = there.filter(({ name }) => !here.some((one) => one.name === name));
  return [...here, ...further].slice(0, mostGroups);
}

/** The requests to keep, newest first and at most `limit`: the later attempt of each stranger, and nobody who is a contact. */
export function mergeRequests(
  here: readonly ContactRequest[],
  there: readonly ContactRequest[],
  contactIds: ReadonlySet<string>,
  limit: number,
): readonly ContactRequest[] {
  const kept = new Map<string, ContactRequest>();
  for (const request of [...here, ...there]) {
    const known = kept.get(request.id);
    if (!contactIds.has(request.id) && (known === undefined || request.lastAt > known.lastAt))
      kept.set(request.id, request);
  }
  return [...kept.values()].sort((a, b) => b.lastAt - a.lastAt).slice(0, limit);
}

/** The calls to keep, newest first and at most `limit`: one entry for each call, the one that is here before the other. */
export function mergeHistory(
  here: readonly HistoryEntry[],
  there: readonly HistoryEntry[],
  limit: number,
): readonly HistoryEntry[] {
  const kept = new Map([...there, ...here].map((entry) => [entry.callId, entry]));
  return [...kept.values()].sort((a, b) => b.at - a.at).slice(0, limit);
}
