// A note that is open on this page: what counts of it, and what the person here writes, which becomes an entry at each pause.
import { effect, type Signal, signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import { type Note, noteClient } from '../../core/room/note-text.ts';
import { maxNote, type NoteLine } from '../../core/room/reading/note-lines.ts';
import { LiveNote } from '../../platform/notes/live-note.ts';
import { NoteDocument } from '../../platform/notes/note-document.ts';
import { linesOf } from '../../platform/notes/note-reading.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { NoteTools } from '../model/rooms-model.ts';

/** An entry is written when nothing was typed for so long, and at the latest so long after the first letter. */
const pauseMs = 1_500;
const longestMs = 4_000;
/** Where it could not be written, it is tried again. */
const againMs = 10_000;

/** Whoever has not begun to write after this finds that another page does. */
const turnMs = 600;

/** Of each bound, in parts of 100: a note with more takes nothing new. */
const fullAt = 95;

/** What of a note a page shows. */
export interface ShownNote {
  readonly lines: readonly NoteLine[];
  /** The number of a writer -> their key. */
  readonly authors: ReadonlyMap<number, string>;
  /** Who has written something that cannot be a part of it, by key. */
  readonly leftOutOf: readonly string[];
  readonly leftOut: readonly string[];
  readonly isFull: boolean;
}

/** What the session needs of the editor. */
export interface Editing {
  readonly isComposing: boolean;
  /** Another text takes the place of the one that was written in. @param keeps what stands here is written into it. */
  bind(live: LiveNote, keeps: boolean): void;
}

export class NoteSession {
  readonly shown: Signal<ShownNote | undefined> = signal(undefined);
  /** To be written in; none before the note is read, and while another page of this browser writes in it. */
  readonly live: Signal<LiveNote | undefined> = signal(undefined);
  /** Another page of this browser writes in it. */
  readonly isElsewhere: Signal<boolean> = signal(false);
  readonly saving: Signal<'saved' | 'typed' | 'failed'> = signal('saved');
  readonly #room: RoomModel;
  readonly #note: string;
  readonly #tools: NoteTools;
  readonly #document: NoteDocument;
  readonly #work = new TaskQueue();
  readonly #stops: (() => void)[] = [];
  #editing: Editing | undefined;
  #writesAs: string | undefined;
  #isHeld = false;
  #isClosed = false;
  #isStale = false;
  #letGo: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | undefined;

  constructor(room: RoomModel, note: string, tools: NoteTools) {
    this.#room = room;
    this.#note = note;
    this.#tools = tools;
    this.#document = new NoteDocument(tools.sealer);
    this.#stops.push(effect(() => void (room.notes && this.#refreshSoon())));
    const turn = setTimeout(() => {
      this.isElsewhere.value = !this.#isHeld;
    }, turnMs);
    this.#stops.push(() => clearTimeout(turn));
    void this.#hold();
  }

  /** How many more UTF-16 units the note takes. */
  get room(): number {
    const { length } = this.#document.use;
    return this.shown.peek()?.isFull ? 0 : Math.floor((maxNote.length - length) / 4);
  }

  /** A version as it was: the first pieces alone. */
  async versionAt(pieces: number): Promise<ShownNote> {
    const then = new NoteDocument(this.#tools.sealer);
    const note = this.#read();
    if (note) await then.update({ id: note.id, pieces: note.pieces.slice(0, pieces) });
    return shownOf(then);
  }

  /** An editor shows the text. Returns what has to be called when it is gone. */
  edits(editing: Editing): () => void {
    this.#editing = editing;
    return () => {
      this.#editing = undefined;
    };
  }

  /** Nothing is being put together from several keys any more: what has come can be shown. */
  settled(): void {
    if (this.#isStale) void this.#refreshSoon();
  }

  /** Writes what was typed, now. @returns when it is an entry, or could not become one. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#since = undefined;
    return this.#work.run(async () => {
      const live = this.live.peek();
      const pieces = live?.leave(this.#document.doc) ?? [];
      if (!live || pieces.length === 0) {
        live?.left();
        this.saving.value = 'saved';
        return;
      }
      const doc = this.#note;
      const isWritten = await this.#room.write(() =>
        pieces.map((update) => ({ k: 'text', doc, u: toBase64url(update) }) as const),
      );
      if (isWritten) live.left();
      else live.stayed();
      await this.#refresh();
      this.saving.value = isWritten ? (this.live.peek()?.hasTyped ? 'typed' : 'saved') : 'failed';
      if (!isWritten && !this.#isClosed) this.#timer = setTimeout(() => void this.flush(), againMs);
    });
  }

  /** Something was typed that is no entry yet: leaving the page would lose it. */
  get hasTyped(): boolean {
    return this.live.peek()?.hasTyped === true;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    await this.flush();
    clearTimeout(this.#timer);
    this.live.peek()?.close();
    this.live.value = undefined;
    this.#letGo();
  }

  #read(): Note | undefined {
    return this.#room.notes.find(({ id }) => id === this.#note);
  }

  /** One page of this browser writes at a time: two would write as one device in two ways. */
  async #hold(): Promise<void> {
    await this.#tools.alone(`freeflow-connect/note ${this.#room.id} ${this.#note}`, async () => {
      if (this.#isClosed) return;
      this.#isHeld = true;
      this.isElsewhere.value = false;
      const gone = new Promise<void>((done) => {
        this.#letGo = done;
      });
      await this.#work.run(async () => {
        await this.#refresh();
        if (!this.#isClosed) await this.#begin();
      });
      await gone;
    });
  }

  async #begin(): Promise<LiveNote> {
    this.#writesAs = this.#room.device;
    const writer = { author: this.#room.self, device: this.#writesAs };
    const live = new LiveNote(this.#document.doc, await noteClient(this.#tools.sealer, this.#note, writer));
    live.onChange(() => live.hasTyped && this.#typed());
    this.live.value = live;
    return live;
  }

  #typed(): void {
    if (this.#isClosed) return;
    this.saving.value = 'typed';
    const now = Date.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(pauseMs, this.#since + longestMs - now)));
  }

  #refreshSoon(): Promise<void> {
    return this.#work.run(() => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const note = this.#read();
    if (!note) return;
    const news = await this.#document.update(note);
    const live = this.live.peek();
    if (news === 'same' && this.shown.peek() && !this.#isStale && this.#writesAs === (live && this.#room.device))
      return;
    if (live && this.#editing?.isComposing) {
      this.#isStale = true;
      return;
    }
    const isOnlyMore = news === 'more' && !this.#isStale;
    this.#isStale = false;
    this.shown.value = shownOf(this.#document);
    if (!live || (live.take(this.#document.doc, isOnlyMore) && this.#writesAs === this.#room.device)) return;
    const keeps = live.hasTyped && !this.shown.value.isFull && this.#room.canWrite.peek();
    const next = await this.#begin();
    this.#editing?.bind(next, keeps);
    live.close();
  }
}

function shownOf(document: NoteDocument): ShownNote {
  const { use, authors, leftOutOf, leftOut, text } = document;
  const isFull = (Object.keys(maxNote) as (keyof typeof maxNote)[]).some(
    (bound) => use[bound] * 100 >= maxNote[bound] * fullAt,
  );
  return { lines: linesOf(text), authors, leftOutOf, leftOut, isFull };
}
