// The editor of a note: ProseMirror over a text that several people write at once. What is typed here goes into the text as it is typed; what
// others write is shown around the caret.

import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type { LiveNote, NotePlace } from '../../platform/notes/live-note.ts';
import { LineView } from './line-view.ts';
import { notePlugins } from './note-commands.ts';
import { documentOf, editsBetween, indexOf, lookOfNode, positionOf } from './note-letters.ts';
import { pastedSlice } from './note-paste.ts';

export interface EditorParts {
  readonly live: LiveNote;
  /** What the note is called, and the id of the words that say how it is written in. */
  readonly label: string;
  readonly hint: string;
  /** After everything that changes what is selected or what stands there. */
  readonly onState: (state: EditorState) => void;
  /** How many more UTF-16 units the note takes. */
  readonly room: () => number;
  readonly onFull: () => void;
  readonly onTooLong: () => void;
  /** The person wants out of the editor. */
  readonly leave: () => void;
  readonly askLink: () => void;
}

const fromText = 'note from text';

export class NoteEditor {
  readonly view: EditorView;
  readonly #parts: EditorParts;
  #live: LiveNote;
  #stop: () => void;
  #places: readonly [NotePlace, NotePlace] | undefined;

  constructor(place: HTMLElement, parts: EditorParts) {
    this.#parts = parts;
    this.#live = parts.live;
    const { leave, askLink, label, hint } = parts;
    const plugins = notePlugins({
      undo: () => this.#live.undo(),
      redo: () => this.#live.redo(),
      leave,
      askLink,
    });
    this.view = new EditorView(place, {
      state: EditorState.create({ doc: documentOf(this.#live.lines), plugins: [...plugins] }),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-describedby': hint,
        class: 'note-page',
      },
      nodeViews: { line: (node, view, placeOf) => new LineView(node, view, placeOf) },
      dispatchTransaction: (tr) => this.#dispatch(tr),
      handleDOMEvents: {
        focus: (view) => {
          // Some browsers put the caret beside the lines, where nothing can be written.
          if (document.getSelection()?.anchorNode === view.dom) queueMicrotask(() => view.hasFocus() && view.focus());
          return false;
        },
        paste: (_view, event) => this.#insert(event, event.clipboardData),
        drop: (view, event) => {
          // What is dragged within the note is moved by the editor itself.
          if (view.dragging) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
          return this.#insert(event, event.dataTransfer);
        },
      },
    });
    this.#stop = this.#live.onChange((isOwn) => isOwn || this.#show());
    this.#keepPlaces();
  }

  /** A letter is being put together from several keys: nothing may move under it. */
  get isComposing(): boolean {
    return this.view.composing;
  }

  get doc(): Node {
    return this.view.state.doc;
  }

  /** Another text takes the place of the one that was written in. */
  bind(live: LiveNote): void {
    this.#stop();
    this.#live = live;
    this.#places = undefined;
    this.#stop = live.onChange((isOwn) => isOwn || this.#show());
    this.#show();
  }

  /** Makes the note say this, as if it had been typed. */
  replace(doc: Node): void {
    const { state } = this.view;
    this.view.dispatch(state.tr.replaceWith(0, state.doc.content.size, doc.content));
  }

  undo(): boolean {
    return this.#live.undo();
  }

  redo(): boolean {
    return this.#live.redo();
  }

  close(): void {
    this.#stop();
    this.view.destroy();
  }

  #dispatch(tr: Transaction): void {
    const before = this.view.state.doc;
    const isOwn = tr.docChanged && tr.getMeta(fromText) !== true;
    if (isOwn && tr.doc.content.size - before.content.size > this.#parts.room()) {
      this.#parts.onFull();
      return;
    }
    this.view.updateState(this.view.state.apply(tr));
    if (isOwn) {
      const end = this.#live.isOpenEnded ? [{ at: this.#live.length, letters: '\n', attributes: {} }] : [];
      this.#live.edit([...end, ...editsBetween(before, this.view.state.doc)]);
    }
    this.#keepPlaces();
    this.#parts.onState(this.view.state);
  }

  /** Shows what the text says now: the lines that are other ones, with the caret where it was among the letters. */
  #show(): void {
    const { state } = this.view;
    const [old, now] = [state.doc.children, documentOf(this.#live.lines).children];
    const most = Math.min(old.length, now.length);
    let first = 0;
    while (first < most && old[first]?.eq(now[first] as Node)) first++;
    let last = 0;
    while (last < most - first && old.at(-1 - last)?.eq(now.at(-1 - last) as Node)) last++;
    if (first === old.length && first === now.length) return;
    const sizeOf = (nodes: readonly Node[]) => nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
    const from = sizeOf(old.slice(0, first));
    const to = from + sizeOf(old.slice(first, old.length - last));
    const tr = state.tr.replaceWith(from, to, now.slice(first, now.length - last));
    if (this.#places) {
      const [anchor, head] = this.#places.map((place) => tr.doc.resolve(positionOf(tr.doc, this.#live.indexOf(place))));
      if (anchor && head) tr.setSelection(TextSelection.between(anchor, head));
    }
    this.view.dispatch(tr.setMeta(fromText, true));
  }

  #keepPlaces(): void {
    const { doc, selection } = this.view.state;
    this.#places = [
      this.#live.placeAt(indexOf(doc, selection.anchor)),
      this.#live.placeAt(indexOf(doc, selection.head)),
    ];
  }

  #insert(event: Event, data: DataTransfer | null): boolean {
    event.preventDefault();
    const { state } = this.view;
    const slice = pastedSlice(data, lookOfNode(state.selection.$from.parent).kind);
    if (!slice) this.#parts.onTooLong();
    else if (slice.content.size > 0) this.view.dispatch(state.tr.replaceSelection(slice).scrollIntoView());
    return true;
  }
}
