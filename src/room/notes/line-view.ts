// One line of the editor as elements. A check box can be clicked; by keys it is ticked from within its line.
import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView, ViewMutationRecord } from 'prosemirror-view';
import { text } from '../../ui/texts/text.ts';
import { lookOfNode } from './note-letters.ts';
import { elementOf, noteSchema } from './note-schema.ts';

export class LineView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #box: HTMLElement | undefined;
  #node: Node;

  constructor(node: Node, view: EditorView, placeOf: () => number | undefined) {
    const { kind } = lookOfNode(node);
    this.#node = node;
    this.dom = document.createElement(elementOf[kind]);
    this.contentDOM = this.dom;
    this.dom.dir = kind === 'code' ? 'ltr' : 'auto';
    if (kind === 'check') {
      const box = document.createElement('span');
      box.className = 'note-box';
      // No control of its own: it would be one within another.
      box.setAttribute('role', 'img');
      box.contentEditable = 'false';
      box.addEventListener('click', () => {
        const at = placeOf();
        if (at === undefined || !view.editable) return;
        const { attrs } = this.#node;
        view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...attrs, done: attrs['done'] !== true }));
      });
      this.#box = box;
      this.contentDOM = document.createElement('div');
      this.contentDOM.className = 'note-letters';
      this.dom.append(box, this.contentDOM);
    }
    this.#wear(node);
  }

  update(node: Node): boolean {
    if (node.type !== noteSchema.nodes.line || lookOfNode(node).kind !== lookOfNode(this.#node).kind) return false;
    this.#wear(node);
    return true;
  }

  stopEvent({ target }: Event): boolean {
    return target !== null && target === this.#box;
  }

  ignoreMutation({ type, target }: ViewMutationRecord): boolean {
    return type !== 'selection' && !this.contentDOM.contains(target);
  }

  #wear(node: Node): void {
    this.#node = node;
    const { kind, indent, done } = lookOfNode(node);
    this.dom.className = `note-line note-${kind} indent-${indent}${done ? ' done' : ''}`;
    this.#box?.setAttribute('aria-label', text(done ? 'roomNoteDone' : 'roomNoteNotDone'));
  }
}
