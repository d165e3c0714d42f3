// Keeps notes of calls that reached nobody until the callee has been told, or a day is over.
import { isNoteDue, isNoteOver, type MissedNote, maxNotes } from '../../core/signaling/missed-note.ts';
import type { Database } from './database.ts';

export class NoteStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** A new note; beyond 50 the oldest are forgotten. */
  async add(note: MissedNote): Promise<void> {
    const transaction = this.#database.transaction('notes', 'readwrite');
    await transaction.store.put(note);
    const oldestFirst = (await transaction.store.getAll()).sort((a, b) => a.at - b.at);
    for (const old of oldestFirst.slice(0, Math.max(0, oldestFirst.length - maxNotes)))
      await transaction.store.delete(old.callId);
    await transaction.done;
  }

  /** The notes that should be sent now, marked as tried; those that are over are forgotten. `all`: without waiting for their turn. */
  async takeDue(now: number, all: boolean): Promise<readonly MissedNote[]> {
    // Asked every half a minute, and nearly always there is nothing: no write is begun for that.
    if ((await this.#database.count('notes')) === 0) return [];
    const transaction = this.#database.transaction('notes', 'readwrite');
    const kept = await transaction.store.getAll();
    const due = kept.filter((note) => (all ? !isNoteOver(note, now) : isNoteDue(note, now)));
    for (const note of kept) if (isNoteOver(note, now)) await transaction.store.delete(note.callId);
    for (const note of due) await transaction.store.put({ ...note, triedAt: now });
    await transaction.done;
    return due;
  }

  async removeOf(contactId: string): Promise<void> {
    const transaction = this.#database.transaction('notes', 'readwrite');
    for (const note of await transaction.store.getAll())
      if (note.contactId === contactId) await transaction.store.delete(note.callId);
    await transaction.done;
  }

  /** The message that was left is not to be had any more. The call is still told of. */
  async withoutMessage(callId: string): Promise<void> {
    const transaction = this.#database.transaction('notes', 'readwrite');
    const { msg, ...note } = (await transaction.store.get(callId)) ?? {};
    if (msg) await transaction.store.put(note as MissedNote);
    await transaction.done;
  }

  async remove(callId: string): Promise<void> {
    await this.#database.delete('notes', callId);
  }
}
