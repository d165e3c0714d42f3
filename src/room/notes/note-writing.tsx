// Where a note is written: the buttons, the page, and what the caret stands in.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Command, EditorState } from 'prosemirror-state';
import type { NoteLine } from '../../core/room/reading/note-lines.ts';
import { farLink } from '../../ui/far-link.ts';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { linkAt, setLink } from './note-commands.ts';
import { NoteEditor } from './note-editor.ts';
import { documentOf } from './note-letters.ts';
import { LinkDialog } from './note-link-dialog.tsx';
import type { NoteSession } from './note-session.ts';
import { NoteToolbar } from './note-toolbar.tsx';

interface WritingProps {
  readonly session: NoteSession;
  readonly title: string;
  /** An earlier version that is to take the place of what stands here. */
  readonly restores: Signal<readonly NoteLine[] | undefined>;
}

export function NoteWriting({ session, title, restores }: WritingProps) {
  const place = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const editor = useRef<NoteEditor>();
  const state: Signal<EditorState | undefined> = useSignal(undefined);
  const asksLink = useSignal(false);
  const [pageId, hintId] = [useId(), useId()];

  useEffect(() => {
    const live = session.live.peek();
    if (!place.current || !live) return;
    const made = new NoteEditor(place.current, {
      live,
      label: title,
      hint: hintId,
      onState: (now) => (state.value = now),
      room: () => session.room,
      onFull: () => announce(text('roomNoteFull')),
      onTooLong: () => announce(text('roomNoteTooLong')),
      leave: () => tools.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
      askLink: () => (asksLink.value = true),
    });
    editor.current = made;
    state.value = made.view.state;
    const stop = session.edits({
      get isComposing() {
        return made.isComposing;
      },
      bind(next, keeps) {
        const kept = made.doc;
        made.bind(next);
        if (keeps) made.replace(kept);
      },
    });
    const flush = () => void session.flush();
    const settled = () => void setTimeout(() => session.settled());
    made.view.dom.addEventListener('blur', flush);
    made.view.dom.addEventListener('compositionend', settled);
    if (restores.value) {
      made.replace(documentOf(restores.value));
      restores.value = undefined;
      flush();
    }
    return () => {
      stop();
      made.close();
    };
  }, [session]);

  const run = (command: Command, byKeys = false) => {
    const view = editor.current?.view;
    if (!view) return;
    command(view.state, view.dispatch);
    // Whoever pressed a button by keys may want the next one.
    if (!byKeys) view.focus();
  };
  const link = state.value && linkAt(state.value);
  const far = link && farLink(link.href);
  const closeLink = () => {
    asksLink.value = false;
    editor.current?.view.focus();
  };
  return (
    <>
      <NoteToolbar
        state={state}
        element={tools}
        controls={pageId}
        run={run}
        onLink={() => (asksLink.value = true)}
        onUndo={() => void editor.current?.undo()}
        onRedo={() => void editor.current?.redo()}
      />
      <div id={pageId} ref={place} class="note-place" />
      <p class="hint" id={hintId}>
        {text('roomNoteHint')}
      </p>
      {link ? (
        <p class="note-link-at">
          <span>
            {text('roomNoteLeads')} <bdi dir="ltr">{far?.href ?? link.href}</bdi>
          </span>
          <button type="button" class="button small" onClick={() => (asksLink.value = true)}>
            {text('roomNoteLinkChange')}
          </button>
          <button type="button" class="button small" onClick={() => run(setLink(''))}>
            {text('roomNoteLinkRemove')}
          </button>
        </p>
      ) : null}
      {asksLink.value ? (
        <LinkDialog
          href={link?.href ?? ''}
          onSet={(href) => {
            closeLink();
            run(setLink(href));
          }}
          onClose={closeLink}
        />
      ) : null}
    </>
  );
}
