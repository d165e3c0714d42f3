// The files of a room: put there, fetched from members, checked byte by byte, saved, and taken away.
import { type Signal, useSignal } from '@preact/signals';
import { FilePlus } from 'lucide-preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { mayRun } from '../../core/base/file-name.ts';
import type { RoomFile } from '../../core/room/conversation.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { byteWords } from '../../ui/format/amounts.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { RoomModel } from '../model/room-model.ts';
import type { RoomsModel } from '../model/rooms-model.ts';
import { FilesModel } from './files-model.ts';

interface FilesProps {
  readonly room: RoomModel;
  readonly files: FilesModel;
}

/** How much of it is here, and what happens with the rest. */
function stateWords(room: RoomModel, { states, wrong }: FilesModel, { hash, author }: RoomFile): string {
  const state = states.value.get(hash);
  const bad = wrong.value.get(hash);
  if (bad) {
    const parts = bad.map((at) => at + 1).join(', ');
    const who = room.nameOf(author);
    return parts === '' ? text('roomFileListWrong', who) : text('roomFileWrong', parts, String(state?.of ?? 1), who);
  }
  if (!state) return '';
  if (state.here === 'whole') return text('roomFileHere');
  if (state.here === 'part') return text('roomFilePart', String(state.blocks), String(state.of));
  return text(state.isWanted ? 'roomFileWanted' : 'roomFileElsewhere');
}

function FileButtons({ room, files, file, onTakeAway }: FilesProps & { readonly file: RoomFile; onTakeAway(): void }) {
  const { hash, name, author } = file;
  const state = files.states.value.get(hash);
  const isWrong = files.wrong.value.has(hash);
  const isBusy = files.busy.value !== undefined;
  const isComing = state?.here !== 'whole' && (state?.isWanted || state?.here === 'part');
  const button = (label: 'Save' | 'Check' | 'Fetch' | 'FetchAgain' | 'Stop' | 'Drop', run: () => Promise<void>) => (
    <button
      type="button"
      class="button small"
      aria-label={text(`roomFile${label}Of`, name)}
      disabled={isBusy}
      onClick={() => void run()}
    >
      {text(label === 'FetchAgain' ? 'roomFileFetch' : `roomFile${label}`)}
    </button>
  );
  return (
    <div class="file-buttons">
      {isWrong ? button('FetchAgain', () => files.fetchAgain(file)) : null}
      {state?.here === 'whole' && !isWrong ? button('Save', () => files.save(file)) : null}
      {state?.here === 'whole' ? button('Check', () => files.check(file)) : null}
      {state && state.here !== 'whole' && !isComing ? button('Fetch', () => files.want(file)) : null}
      {isComing ? button('Stop', () => files.drop(file)) : null}
      {state?.here === 'whole' && author !== room.self ? button('Drop', () => files.drop(file)) : null}
      {room.canWrite.value && (author === room.self || room.isSteward) ? (
        <button
          type="button"
          class="button small"
          aria-label={text('roomFileTakeAwayOf', name)}
          onClick={onTakeAway}
          disabled={isBusy}
        >
          {text('roomFileTakeAway')}
        </button>
      ) : null}
    </div>
  );
}

function OneFile({ room, files, file, onTakeAway }: FilesProps & { readonly file: RoomFile; onTakeAway(): void }) {
  const { hash, name, size, author, at } = file;
  const state = files.states.value.get(hash);
  return (
    <li class="room-file">
      <bdi class="member-name">{name}</bdi>
      <p class="hint">
        {text('roomFileBy', byteWords(size), room.nameOf(author))}{' '}
        <time dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
          {momentWords(at, Date.now())}
        </time>
      </p>
      <p class={files.wrong.value.has(hash) ? 'problem' : 'hint'}>{stateWords(room, files, file)}</p>
      {state?.here === 'part' ? (
        <progress aria-label={text('roomFileProgress', name)} max={state.of} value={state.blocks} />
      ) : null}
      {state?.wrongFrom.map((who) => (
        <p key={who} class="room-notice">
          {text('roomFileWrongFrom', room.nameOf(who), room.nameOf(author))}
        </p>
      ))}
      {mayRun(name) ? <p class="hint">{text('roomFileMayRun')}</p> : null}
      <FileButtons room={room} files={files} file={file} onTakeAway={onTakeAway} />
    </li>
  );
}

function PutFiles({ files }: { readonly files: FilesModel }) {
  const input = useRef<HTMLInputElement>(null);
  const putting = files.putting.value;
  return (
    <div class="actions">
      <button
        type="button"
        class="button primary small"
        disabled={putting !== undefined}
        onClick={() => input.current?.click()}
      >
        <FilePlus aria-hidden="true" size={16} />
        {text('roomFilesPut')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text('roomFilesChoose')}
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void files.put(chosen);
        }}
      />
    </div>
  );
}

function Putting({ files }: { readonly files: FilesModel }) {
  const putting = files.putting.value;
  if (!putting) return null;
  return (
    <div class="file-putting">
      <p role="status">{text('roomFilePutting', putting.name)}</p>
      <progress aria-label={text('roomFileProgress', putting.name)} max={1} value={putting.share} />
    </div>
  );
}

interface PartProps {
  readonly model: RoomsModel;
  readonly room: RoomModel;
  readonly blobs: RoomBlobs;
}

export function FilesPart({ model, room, blobs }: PartProps) {
  const files = useMemo(() => new FilesModel(room, blobs), [room, blobs]);
  useEffect(() => () => files.close(), [files]);
  const away: Signal<RoomFile | undefined> = useSignal(undefined);
  const all = room.files.toReversed();
  const name = away.value?.name ?? '';
  const drop = (event: DragEvent) => {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length === 0 || !room.canWrite.value || files.putting.value) return;
    event.preventDefault();
    void files.put(dropped);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere here; the button does the same for everybody.
    <div class="part" aria-busy={!files.hasLooked.value} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {room.canWrite.value ? <PutFiles files={files} /> : null}
      <Putting files={files} />
      {files.problem.value === undefined ? null : (
        <p class="problem" role="alert">
          {files.problem.value}
        </p>
      )}
      <Toggle
        label={text('roomKeepsAll')}
        hint={text('roomKeepsAllHint')}
        on={model.keepsBlobs(room.id)}
        onChange={(on) => void model.setKeepsBlobs(room.id, on)}
      />
      <p class="hint">
        {all.length === 0 ? text('roomFilesNone') : text('roomFilesSpace', byteWords(files.bytesHere))}
      </p>
      <ul class="plain-list room-files" aria-label={plural('roomFilesList', all.length)}>
        {all.map((file) => (
          <OneFile key={file.id} room={room} files={files} file={file} onTakeAway={() => (away.value = file)} />
        ))}
      </ul>
      {away.value === undefined ? null : (
        <ConfirmDialog
          title={text('roomFileTakeAwayOf', name)}
          confirmLabel={text('roomFileTakeAway')}
          cancelLabel={text('roomFileKeep')}
          onConfirm={() => {
            const file = away.value;
            away.value = undefined;
            if (file) void files.takeAway(file);
          }}
          onClose={() => (away.value = undefined)}
        >
          <p>{text('roomFileTakeAwayText')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
