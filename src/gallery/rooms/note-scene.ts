// Notes for the gallery: one with every look that lines and letters have, by two people; one into which something does not fit; one that was removed.
import { toBase64url } from '../../core/base/bytes.ts';
import type { Signer } from '../../core/base/ports.ts';
import type { EntryBody } from '../../core/room/entry-body.ts';
import { type NotePiece, noteClient } from '../../core/room/note-text.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { LiveNote, type NoteEdit } from '../../platform/notes/live-note.ts';
import { NoteDocument } from '../../platform/notes/note-document.ts';

type Write = (signer: Signer, body: EntryBody) => Promise<string>;

const sealer = new WebCryptoSealer();
const device = toBase64url(new Uint8Array(8).fill(1));

/** A note that is being written by several people. */
class NoteWriting {
  readonly #write: Write;
  readonly #note: string;
  readonly #shown = new NoteDocument(sealer);
  readonly #pieces: NotePiece[] = [];

  private constructor(write: Write, note: string) {
    this.#write = write;
    this.#note = note;
  }

  static async begin(write: Write, signer: Signer, title: string): Promise<NoteWriting> {
    return new NoteWriting(write, await write(signer, { k: 'note', title }));
  }

  get length(): number {
    return this.#shown.text.length;
  }

  async type(signer: Signer, edits: readonly NoteEdit[]): Promise<void> {
    const author = toBase64url(signer.publicKey);
    const live = new LiveNote(this.#shown.doc, await noteClient(sealer, this.#note, { author, device }));
    live.edit(edits);
    for (const update of live.leave(this.#shown.doc)) {
      const entry = await this.#write(signer, { k: 'text', doc: this.#note, u: toBase64url(update) });
      const after = this.#pieces.findLast((piece) => piece.author === author)?.entry;
      this.#pieces.push({ entry, author, device, at: 0, update, after });
    }
    await this.#shown.update({ id: this.#note, pieces: this.#pieces });
    live.close();
  }

  /** Lines at the end, each with what its line feed says. */
  async lines(signer: Signer, ...lines: readonly (readonly [string, Readonly<Record<string, unknown>>])[]) {
    const edits: NoteEdit[] = [];
    let at = this.length;
    for (const [letters, attributes] of lines) {
      edits.push({ at, letters, attributes: {} }, { at: at + letters.length, letters: '\n', attributes });
      at += letters.length + 1;
    }
    await this.type(signer, edits);
  }

  async mark(signer: Signer, words: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    const at = this.#shown.text.toString().indexOf(words);
    await this.type(signer, [{ at, length: words.length, attributes }]);
  }

  /** Something that is no piece of a note. */
  async spoil(signer: Signer): Promise<void> {
    await this.#write(signer, { k: 'text', doc: this.#note, u: 'AQID' });
  }
}

/** Puts notes into a room. */
export async function addNotes(write: Write, [alice, bob, carol]: readonly [Signer, Signer, Signer]): Promise<void> {
  const minutes = await NoteWriting.begin(write, alice, 'Minutes of the spring meeting');
  await minutes.lines(
    alice,
    ['What we agreed', { k: 'head-1' }],
    ['Bob brings the ladder on Friday, see the plan of the roof.', {}],
    ['Rain water', { k: 'head-2' }],
    ['Two barrels behind the shed', { k: 'bullet' }],
    ['Blue ones, because they are what the market has', { k: 'bullet', n: 1 }],
    ['A hose', { k: 'bullet' }],
  );
  await minutes.lines(
    bob,
    ['Measure the roof', { k: 'check', d: true }],
    [`Ask for offers ${'from everybody we know '.repeat(4)}`, { k: 'check' }],
    ['Dig', { k: 'number' }],
    ['Deep', { k: 'number', n: 1 }],
    ['Deeper', { k: 'number', n: 1 }],
    ['Plant', { k: 'number' }],
    ['Who waters, decides.', { k: 'quote' }],
    ['pump --on 06:00', { k: 'code' }],
    ['pump --off 06:20', { k: 'code' }],
    ['ישיבה הבאה ביום שני', {}],
  );
  await minutes.mark(alice, 'on Friday', { b: true });
  await minutes.mark(bob, 'Blue', { i: true });
  await minutes.mark(bob, 'plan of the roof', { a: 'https://roof.example/plan' });
  await minutes.mark(carol, 'hose', { c: true });
  await minutes.type(bob, [{ at: 7, letters: ' all', attributes: {} }]);
  const odd = await NoteWriting.begin(write, carol, `A note with a ${'very '.repeat(20)}long title`);
  await odd.lines(carol, ['Only this.', {}]);
  await odd.spoil(bob);
  const gone = await write(bob, { k: 'note', title: 'Not needed' });
  await write(bob, { k: 'note-set', of: gone, gone: true });
}
