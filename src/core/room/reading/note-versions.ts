// The versions of a note: what one person wrote without a long pause is one. They follow from the pieces alone, so everybody sees the same.
import type { Note } from '../note-text.ts';

/** A longer pause than this begins another version, by the clocks of those who wrote. */
const pauseMs = 10 * 60_000;

export interface NoteVersion {
  /** How many pieces of the note it has. */
  readonly pieces: number;
  /** The last of them. */
  readonly entry: string;
  readonly author: string;
  readonly at: number;
}

/** All versions, the newest first. @param leftOut pieces that are no part of the note. */
export function versionsOf({ pieces }: Pick<Note, 'pieces'>, leftOut: readonly string[]): readonly NoteVersion[] {
  const versions: NoteVersion[] = [];
  const out = new Set(leftOut);
  for (const [i, { author, at, entry }] of pieces.entries()) {
    if (out.has(entry)) continue;
    const last = versions.at(-1);
    if (last?.author === author && Math.abs(at - last.at) <= pauseMs) versions.pop();
    versions.push({ pieces: i + 1, entry, author, at });
  }
  return versions.reverse();
}
