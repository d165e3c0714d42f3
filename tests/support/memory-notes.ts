// The caller's notes of calls that reached nobody, as platform/note-store keeps them, but in memory.
import { isNoteDue, type MissedNote } from '../../src/core/missed-note.ts';

export class MemoryNotes {
  readonly all = new Map<string, MissedNote>();

  async takeDue(now: number, all: boolean): Promise<readonly MissedNote[]> {
    const due = [...this.all.values()].filter((note) => all || isNoteDue(note, now));
    for (const note of due) this.all.set(note.callId, { ...note, triedAt: now });
    return due;
  }

  async remove(callId: string): Promise<void> {
    this.all.delete(callId);
  }
}
