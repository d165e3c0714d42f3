// What somebody's signed entry proves about their answer, as it stands in the log of a recording. Pure.
import type { Sealer } from '../base/ports.ts';
import { isEntrySigned, parseEntry, type SignedEntry } from '../group/roster.ts';

export interface ProvenAnswer {
  /** Ed25519 key, lower-case hex. */
  readonly person: string;
  readonly name: string;
  readonly yes: boolean;
  readonly forget: boolean;
  /** When it was written, ms since the epoch by the author's clock. */
  readonly n: number;
}

/** What the author of an entry has signed about a recording. @returns undefined where they say nothing of it, or did not sign. */
export async function provenAnswer(
  sealer: Pick<Sealer, 'verify'>,
  signed: SignedEntry,
  recording: string,
): Promise<ProvenAnswer | undefined> {
  const entry = parseEntry(signed, Number.POSITIVE_INFINITY);
  const answer = entry?.says?.find(({ rec }) => rec === recording);
  if (!entry || !answer || !(await isEntrySigned(sealer, entry, signed))) return undefined;
  return { person: entry.id, name: entry.name, yes: answer.yes, forget: answer.forget ?? false, n: entry.n };
}
