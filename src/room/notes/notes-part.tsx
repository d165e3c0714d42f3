// The notes of a room: which there are, who wrote in them, and the one that is open.
import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Note } from '../../core/room/note-text.ts';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { enumeration } from '../../ui/format/enumeration.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { latePart } from '../../ui/late-part.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { NoteTools } from '../model/rooms-model.ts';
import { Composer } from '../parts/composer.tsx';
import { TextField } from '../parts/text-field.tsx';

const maxTitle = 200;
/** Names beside a note; of more there is a number. */
const mostNames = 3;

const { Part: NoteView } = latePart(async () => (await import('./note-view.tsx')).NoteView, {
  failed: 'roomPartFailed',
});

interface NotesProps {
  readonly room: RoomModel;
  readonly tools: NoteTools;
}

/** Who has written in a note, those first who wrote first. */
function writersOf(room: RoomModel, { author, pieces }: Note): string {
  const all = [...new Set([author, ...pieces.map((piece) => piece.author)])];
  const names = all.slice(0, mostNames).map((key) => room.nameOf(key));
  const more = all.length - names.length;
  return more === 0 ? enumeration(names) : plural('roomAndMore', more, names.join(', '));
}

function RenameDialog({ room, note, onClose }: { room: RoomModel; note: Note; onClose: () => void }) {
  const title = useSignal(note.title);
  const submit = async (event: Event) => {
    event.preventDefault();
    const called = title.value.trim();
    if (called !== '' && (await room.write(() => [{ k: 'note-set', of: note.id, title: called }]))) onClose();
  };
  return (
    <Dialog title={text('roomNoteRenameOf', note.title)} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={text('roomNoteTitle')} typed={title} required maxLength={maxTitle} />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomSave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ room, note, onClose }: { room: RoomModel; note: Note; onClose: () => void }) {
  const confirm = async () => {
    if (await room.write(() => [{ k: 'note-set', of: note.id, gone: true }])) onClose();
  };
  return (
    <ConfirmDialog
      title={text('roomNoteRemoveOf', note.title)}
      confirmLabel={text('roomNoteRemove')}
      cancelLabel={text('roomFileKeep')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text('roomNoteRemoveText')}</p>
    </ConfirmDialog>
  );
}

interface RowProps {
  readonly room: RoomModel;
  readonly note: Note;
  readonly onOpen: () => void;
  readonly onAsk: (what: 'rename' | 'remove') => void;
}

function NoteRow({ room, note, onOpen, onAsk }: RowProps) {
  const { title, pieces, at } = note;
  const last = pieces.reduce((latest, piece) => Math.max(latest, piece.at), at);
  return (
    <li class="shelf-row" data-note={note.id}>
      <button type="button" class="shelf-open note-open" aria-label={text('roomNoteOpen', title)} onClick={onOpen}>
        <bdi class="member-name">{title}</bdi>
      </button>
      <p class="hint">
        {writersOf(room, note)} ·{' '}
        <time dateTime={new Date(last).toISOString()} title={wholeMoment(last)}>
          {momentWords(last, Date.now())}
        </time>
      </p>
      {room.canWrite.value ? (
        <div class="actions">
          <button
            type="button"
            class="button small"
            aria-label={text('roomNoteRenameOf', title)}
            onClick={() => onAsk('rename')}
          >
            {text('roomRename')}
          </button>
          <button
            type="button"
            class="button small"
            aria-label={text('roomNoteRemoveOf', title)}
            onClick={() => onAsk('remove')}
          >
            {text('roomNoteRemove')}
          </button>
        </div>
      ) : null}
    </li>
  );
}

function RemovedNotes({ room, notes }: { readonly room: RoomModel; readonly notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  return (
    <details class="note-versions">
      <summary>{plural('roomNotesRemoved', notes.length)}</summary>
      <ul class="plain-list">
        {notes.map(({ id, title }) => (
          <li key={id}>
            <bdi>{title}</bdi>
            {room.canWrite.value ? (
              <button
                type="button"
                class="button small"
                aria-label={text('roomNoteBringBackOf', title)}
                onClick={() => void room.write(() => [{ k: 'note-set', of: id, gone: false }])}
              >
                {text('roomNoteBringBack')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function NotesPart({ room, tools }: NotesProps) {
  const open: Signal<string | undefined> = useSignal(undefined);
  const asked: Signal<{ readonly what: 'rename' | 'remove'; readonly id: string } | undefined> = useSignal(undefined);
  const list = useRef<HTMLUListElement>(null);
  const all = room.notes;
  const note = all.find(({ id }) => id === open.value);
  const close = () => {
    const id = open.value;
    open.value = undefined;
    // Back to where the note was opened.
    setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-note="${id}"] .note-open`)?.focus());
  };
  if (note)
    return (
      <section class="note" aria-label={note.title}>
        <NoteView key={note.id} room={room} note={note} tools={tools} onClose={close} />
      </section>
    );
  const shown = all.filter(({ isGone }) => !isGone);
  const about = all.find(({ id }) => id === asked.value?.id);
  const end = () => (asked.value = undefined);
  return (
    <div class="part">
      {shown.length === 0 ? <p class="hint">{text('roomNotesNone')}</p> : null}
      <ul class="plain-list notes" ref={list} aria-label={text('roomNotes')}>
        {shown.map((one) => (
          <NoteRow
            key={one.id}
            room={room}
            note={one}
            onOpen={() => (open.value = one.id)}
            onAsk={(what) => (asked.value = { what, id: one.id })}
          />
        ))}
      </ul>
      {room.canWrite.value ? (
        <Composer
          label={text('roomNoteLabel')}
          send={text('roomNoteAdd')}
          most={maxTitle}
          onSend={(title) => room.write(() => [{ k: 'note', title: title.replace(/\s+/g, ' ') }])}
        />
      ) : null}
      <RemovedNotes room={room} notes={all.filter(({ isGone }) => isGone)} />
      {about && asked.value?.what === 'rename' ? <RenameDialog room={room} note={about} onClose={end} /> : null}
      {about && asked.value?.what === 'remove' ? <RemoveDialog room={room} note={about} onClose={end} /> : null}
    </div>
  );
}
