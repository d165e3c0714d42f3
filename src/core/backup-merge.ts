// How what a backup holds joins what is already here: nothing that is here is lost, and what was proven or blocked stays so.
// Pure: the store reads, asks, and writes the answer.
import type { BackupSettings } from './backup.ts';
import { equalBytes } from './bytes.ts';
import type { Contact, ContactRequest, HistoryEntry, Settings, Verification } from './contact.ts';

/** The later comparison of the four emoji counts; one that was never made counts less than any. */
function laterVerification(here: Verification, there: Verification): Verification {
  if (there.state === 'unverified') return here;
  return here.state === 'unverified' || there.at > here.at ? there : here;
}

/**
 * The contact to keep when both sides have the same person: name, address and relays are those of here, which are newer than a
 * backup; blocked in either is blocked, and so is hiding our address; the later comparison counts; an inbox that was handed over once stays handed over.
 */
export function mergeContact(here: Contact | undefined, there: Contact): Contact {
  if (here === undefined) return there;
  // The sealing key follows from the person's words: with another one it is not the same person's record, and proves nothing.
  if (!equalBytes(here.x25519, there.x25519)) return here;
  const friendsInbox = here.friendsInbox ?? there.friendsInbox;
  const hasOurInbox = here.hasOurInbox || there.hasOurInbox;
  return {
    ...here,
    ...(friendsInbox === undefined ? {} : { friendsInbox }),
    ...(hasOurInbox === undefined ? {} : { hasOurInbox }),
    addedAt: Math.min(here.addedAt, there.addedAt),
    blocked: here.blocked || there.blocked,
    ...(here.hideAddress || there.hideAddress ? { hideAddress: true } : {}),
    verification: laterVerification(here.verification, there.verification),
  };
}

/** The settings of the backup, with the devices of here. What was given up or hidden here since then stays so. */
export function mergeSettings(here: Settings, there: BackupSettings): Settings {
  return {
    ...here,
    ...there,
    linkGeneration: Math.max(here.linkGeneration, there.linkGeneration),
    hideAddress: here.hideAddress || there.hideAddress,
  };
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
