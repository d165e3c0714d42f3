// The call history as people remember it: calls that one page made together are one. Pure.
import type { HistoryEntry } from './history-entry.ts';

export interface RecentCall {
  /** Stands for the whole: the first that was answered, or else the first. */
  readonly entry: HistoryEntry;
  /** The rest, oldest first. */
  readonly beside: readonly HistoryEntry[];
}

/** @param entries newest first. @returns the calls, newest first by what happened last in each. */
export function recentCalls(entries: readonly HistoryEntry[]): readonly RecentCall[] {
  const calls = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = entry.page === undefined ? `call ${entry.callId}` : `page ${entry.page}`;
    calls.set(key, [entry, ...(calls.get(key) ?? [])]);
  }
  return [...calls.values()].flatMap((oldestFirst) => {
    const entry = oldestFirst.find(({ outcome }) => outcome === 'answered') ?? oldestFirst[0];
    return entry ? [{ entry, beside: oldestFirst.filter((one) => one !== entry) }] : [];
  });
}

/** Missed calls of one person with whom there was no call since. */
export interface MissedCalls {
  /** The newest of them. */
  readonly entry: HistoryEntry;
  readonly count: number;
}

/**
 * Who called in vain and was not called back.
 * @param entries newest first.
 * @param after older ones are not told any more, ms since the epoch.
 * @returns by person, newest first.
 */
export function missedCalls(
  entries: readonly HistoryEntry[],
  { after }: { readonly after: number },
): readonly MissedCalls[] {
  const people = new Map<string, MissedCalls>();
  const settled = new Set<string>();
  for (const entry of entries.filter(({ at }) => at > after)) {
    const { contactId } = entry;
    if (settled.has(contactId)) continue;
    if (entry.outcome !== 'missed') settled.add(contactId);
    else
      people.set(contactId, {
        entry: people.get(contactId)?.entry ?? entry,
        count: (people.get(contactId)?.count ?? 0) + 1,
      });
  }
  return [...people.values()];
}

/** Whom all of it was with, by id, each once: whoever is called again is called with all of them. */
export function calledIn({ entry, beside }: RecentCall): readonly string[] {
  return [...new Set([entry, ...beside].map(({ contactId }) => contactId))];
}

/** How long the longest of them lasted, in ms. */
export function longest({ entry, beside }: RecentCall): number {
  return Math.max(...[entry, ...beside].map(({ durationMs }) => durationMs));
}
