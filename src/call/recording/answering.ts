// The side of whoever is recorded: who records, as their own newest entries say, and what we answer in ours (docs/protocol.md#recording).
// Silence is a no, so a page that does not know this word is never written down.

import type { RecordedStretch } from '../../core/data/history-entry.ts';
import { type Answer, answered, mostMarks } from '../../core/group/consent-words.ts';
import type { Roster, RosterEntry } from '../../core/group/roster.ts';
import type { TheirRecording } from '../model/recording-model.ts';

/** The entries of a call, and ours. */
export interface Entries {
  readonly roster: Roster;
  /** Everybody else who is in the call. */
  people(): ReadonlySet<string>;
  state(change: Pick<RosterEntry, 'rec' | 'says'>): void;
}

interface Seen {
  readonly person: string;
  readonly name: string;
  wasAsked: boolean;
  sinceMs: number | undefined;
  /** While it runs undefined. */
  endedMs: number | undefined;
  yes: boolean;
}

export interface AnsweringParts {
  readonly entries: Entries;
  readonly nowMs: () => number;
  /** What somebody is called here, marked where they are no contact. */
  readonly nameOf: (id: string, said: string) => string;
}

export class Answering {
  readonly #parts: AnsweringParts;
  #answers: readonly Answer[] = [];
  /** By recording. */
  readonly #seen = new Map<string, Seen>();
  /** Who was told no. */
  readonly #refused = new Set<string>();

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** Who records now. */
  look(): readonly TheirRecording[] {
    const { entries, nameOf, nowMs } = this.#parts;
    const now = nowMs();
    for (const seen of this.#seen.values()) seen.endedMs ??= now;
    return [...entries.people()].flatMap((person): readonly TheirRecording[] => {
      const entry = entries.roster.get(person)?.entry;
      if (!entry?.here || !entry.rec) return [];
      const { id, state, since } = entry.rec;
      const name = nameOf(person, entry.name);
      const seen: Seen = this.#seen.get(id) ?? {
        ...{ person, name, wasAsked: state === 'asking', sinceMs: undefined, endedMs: undefined, yes: false },
      };
      // Somebody else's recording under the same id is none: an answer is for the one that it was asked for.
      if (seen.person !== person) return [];
      this.#seen.set(id, seen);
      seen.endedMs = undefined;
      if (state !== 'asking') seen.sinceMs ??= seen.wasAsked ? now : Math.min(now, since);
      const yes = this.#answers.find(({ rec }) => rec === id)?.yes;
      const isInsisting = yes === undefined && this.#refused.has(person);
      return [{ id, person, name, state, sinceMs: seen.sinceMs ?? now, yes, isInsisting }];
    });
  }

  answer(rec: string, yes: boolean, wish: 'forget' | 'halt' | undefined): void {
    const theirs = this.look();
    const seen = this.#seen.get(rec);
    if (!seen) return;
    seen.yes ||= yes;
    if (yes) this.#refused.delete(seen.person);
    else this.#refused.add(seen.person);
    const answer: Answer = { rec, yes, ...(wish === undefined ? {} : { [wish]: true as const }) };
    this.#answers = answered(this.#answers, answer, new Set(theirs.map(({ id }) => id)));
    this.#parts.entries.state({ says: this.#answers });
  }

  /** Marks this moment in a recording that we agreed to; nothing in another one. */
  mark(rec: string): void {
    const answer = this.#answers.find((one) => one.rec === rec);
    const marks = (answer?.marks ?? 0) + 1;
    if (!answer?.yes || marks > mostMarks) return;
    this.#answers = this.#answers.map((one) => (one === answer ? { ...answer, marks } : one));
    this.#parts.entries.state({ says: this.#answers });
  }

  /** What of this call somebody has recorded, for the history. */
  stretches(): readonly RecordedStretch[] {
    const now = this.#parts.nowMs();
    return [...this.#seen.values()].flatMap(({ name: by, sinceMs, endedMs = now, yes }) =>
      sinceMs === undefined ? [] : [{ by, ms: endedMs - sinceMs, yes }],
    );
  }
}
