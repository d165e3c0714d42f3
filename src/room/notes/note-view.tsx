// One note that is open: written in, read, shown with who wrote what, or as it was before. Loaded when a note is first opened.
import { type Signal, useSignal } from '@preact/signals';
import { FileDown } from 'lucide-preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { cleanFileName } from '../../core/base/file-name.ts';
import type { Note } from '../../core/room/note-text.ts';
import type { NoteLine } from '../../core/room/reading/note-lines.ts';
import { noteMarkdown } from '../../core/room/reading/note-markdown.ts';
import type { NoteVersion } from '../../core/room/reading/note-versions.ts';
import { download } from '../../ui/files/download.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { announce } from '../../ui/live-region.tsx';
import { contactIdOf } from '../../ui/rooms/people-names.ts';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { NoteTools } from '../model/rooms-model.ts';
import { NoteLinesView, type WriterOf } from './note-lines-view.tsx';
import { NoteSession, type ShownNote } from './note-session.ts';
import { NoteVersions } from './note-versions.tsx';
import { NoteWriting } from './note-writing.tsx';

interface NoteProps {
  readonly room: RoomModel;
  readonly note: Note;
  readonly tools: NoteTools;
  readonly onClose: () => void;
}

interface OldVersion {
  readonly version: NoteVersion;
  readonly shown: ShownNote;
}

/** Opened as long as this is shown; what was typed last is written afterwards. */
function useSession({ room, note: { id }, tools }: NoteProps): NoteSession {
  const session = useMemo(() => new NoteSession(room, id, tools), [room, id, tools]);
  useEffect(() => {
    const hidden = () => void (document.visibilityState === 'hidden' && session.flush());
    const leaving = (event: BeforeUnloadEvent) => {
      if (!session.hasTyped) return;
      event.preventDefault();
      void session.flush();
    };
    document.addEventListener('visibilitychange', hidden);
    addEventListener('beforeunload', leaving);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      // Not before all of it is an entry.
      void session.close().finally(() => removeEventListener('beforeunload', leaving));
    };
  }, [session]);
  return session;
}

function writersIn(room: RoomModel, shown: ShownNote): WriterOf {
  return (client) => {
    const key = shown.authors.get(client);
    // What was typed a moment ago is no entry yet.
    return key === undefined || key === room.self
      ? { name: text('roomYou'), id: contactIdOf(room.self) }
      : { name: room.nameOf(key), id: contactIdOf(key) };
  };
}

/** What stands in the way of writing, or has to be known of the note. */
function Notices({ room, session, shown }: { room: RoomModel; session: NoteSession; shown: ShownNote }) {
  const { leftOutOf, isFull } = shown;
  return (
    <>
      {isFull ? <p class="room-notice">{text('roomNoteFull')}</p> : null}
      {room.canWrite.value && session.isElsewhere.value ? <p class="room-notice">{text('roomNoteElsewhere')}</p> : null}
      {leftOutOf.length === 0 ? null : (
        <p class="room-notice">{text('roomNoteLeftOut', enumeration(leftOutOf.map((key) => room.nameOf(key))))}</p>
      )}
      {session.saving.value === 'failed' ? (
        <p class="problem" role="alert">
          {text('roomNoteFailed')}
        </p>
      ) : null}
    </>
  );
}

export function NoteView(props: NoteProps) {
  const { room, note, onClose } = props;
  const session = useSession(props);
  const showsWriters = useSignal(false);
  const old: Signal<OldVersion | undefined> = useSignal(undefined);
  const restores: Signal<readonly NoteLine[] | undefined> = useSignal(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opens a note by keyboard goes on reading there.
  useEffect(() => heading.current?.focus(), []);
  const shown = session.shown.value;
  const isComing = room.canWrite.value && session.live.value === undefined && !session.isElsewhere.value;
  if (!shown || isComing) return <div class="part" aria-busy="true" />;
  const mayWrite = room.canWrite.value && session.live.value !== undefined && !shown.isFull;
  const lines = old.value?.shown.lines ?? session.live.value?.lines ?? shown.lines;
  const save = () => {
    const words = `# ${note.title.replace(/[\\`*_{}[\]<>#+|!~-]/g, '\\$&')}\n\n${noteMarkdown(lines, 1)}`;
    download(cleanFileName(`${note.title}.md`) || 'note.md', new Blob([words], { type: 'text/markdown' }));
  };
  const show = async (version: NoteVersion) => {
    await session.flush();
    old.value = { version, shown: await session.versionAt(version.pieces) };
    heading.current?.focus();
  };
  const restore = () => {
    restores.value = old.value?.shown.lines;
    [old.value, showsWriters.value] = [undefined, false];
    announce(text('roomNoteRestored'));
    heading.current?.focus();
  };
  const version = old.value?.version;
  return (
    <>
      <div class="actions">
        <button type="button" class="button small" onClick={onClose}>
          {text('roomNotesAll')}
        </button>
        <button type="button" class="button small" onClick={save}>
          <FileDown aria-hidden="true" size={16} />
          {text('roomNoteSave')}
        </button>
        <button
          type="button"
          class="button small note-choice"
          aria-pressed={showsWriters.value}
          onClick={() => (showsWriters.value = !showsWriters.value)}
        >
          {text('roomNoteWriters')}
        </button>
      </div>
      <h3 ref={heading} tabIndex={-1} dir="auto">
        {note.title}
      </h3>
      {version === undefined ? (
        <Notices room={room} session={session} shown={shown} />
      ) : (
        <div class="room-notice note-old">
          <p>
            {text('roomNoteVersionOf', room.nameOf(version.author))}{' '}
            <time dateTime={new Date(version.at).toISOString()} title={wholeMoment(version.at)}>
              {momentWords(version.at, Date.now())}
            </time>
          </p>
          <div class="actions">
            {mayWrite ? (
              <button type="button" class="button primary small" onClick={restore}>
                {text('roomNoteRestore')}
              </button>
            ) : null}
            <button type="button" class="button small" onClick={() => (old.value = undefined)}>
              {text('roomNoteNow')}
            </button>
          </div>
        </div>
      )}
      {mayWrite && !showsWriters.value && version === undefined ? (
        <NoteWriting session={session} title={note.title} restores={restores} />
      ) : (
        <NoteLinesView
          lines={lines}
          writerOf={showsWriters.value ? writersIn(room, old.value?.shown ?? shown) : undefined}
        />
      )}
      {mayWrite ? (
        <p class="hint">{text(session.saving.value === 'saved' ? 'roomNoteSaved' : 'roomNoteSaving')}</p>
      ) : null}
      <NoteVersions room={room} note={note} leftOut={shown.leftOut} onShow={(chosen) => void show(chosen)} />
    </>
  );
}
