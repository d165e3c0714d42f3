// The versions of a note, the newest first: who wrote when, and a button that shows the note as it was then.
import { useSignal } from '@preact/signals';
import type { Note } from '../../core/room/note-text.ts';
import { type NoteVersion, versionsOf } from '../../core/room/reading/note-versions.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';

/** The rest is a click away. */
const shownAtOnce = 20;

interface VersionsProps {
  readonly room: RoomModel;
  readonly note: Note;
  /** Pieces that are no part of the note. */
  readonly leftOut: readonly string[];
  readonly onShow: (version: NoteVersion) => void;
}

export function NoteVersions({ room, note, leftOut, onShow }: VersionsProps) {
  const most = useSignal(shownAtOnce);
  const versions = versionsOf(note, leftOut);
  if (versions.length === 0) return null;
  return (
    <details class="note-versions">
      <summary>{plural('roomNoteVersions', versions.length)}</summary>
      <ul class="plain-list">
        {versions.slice(0, most.value).map((version) => {
          const name = room.nameOf(version.author);
          const when = momentWords(version.at, Date.now());
          return (
            <li key={version.entry}>
              <span>
                <bdi class="member-name">{name}</bdi>{' '}
                <time class="hint" dateTime={new Date(version.at).toISOString()} title={wholeMoment(version.at)}>
                  {when}
                </time>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={text('roomNoteVersionShowOf', name, when)}
                onClick={() => onShow(version)}
              >
                {text('roomNoteVersionShow')}
              </button>
            </li>
          );
        })}
      </ul>
      {versions.length > most.value ? (
        <button type="button" class="button small" onClick={() => (most.value += shownAtOnce)}>
          {text('roomNoteVersionsMore')}
        </button>
      ) : null}
    </details>
  );
}
