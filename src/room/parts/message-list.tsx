// What was said, oldest first, the last ones shown. Own words can be changed and taken back; that they once stood there, the room remembers.
import { useSignal } from '@preact/signals';
import { Pencil, Undo2 } from 'lucide-preact';
import type { RoomMessage } from '../../core/room/conversation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { contactIdOf } from '../../ui/rooms/people-names.ts';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { Composer } from './composer.tsx';

/** UTF-16 units of one message. */
export const maxWords = 10_000;
/** The rest is a click away. */
const shownAtOnce = 100;

interface MessageProps {
  readonly room: RoomModel;
  /** Whether each message says which card it is about. */
  readonly saysAbout: boolean;
  readonly message: RoomMessage;
}

function Message({ room, message, saysAbout }: MessageProps) {
  const { id, author, at, text: words, isAmended, isUnsaid } = message;
  const isChanging = useSignal(false);
  const about = saysAbout ? room.cardTitle(message.in) : undefined;
  const isOwn = author === room.self && room.canWrite.value && !isUnsaid;
  const name = room.nameOf(author);
  return (
    <li class="said">
      <Avatar name={room.markName(author)} id={contactIdOf(author)} size={32} />
      <div class="said-text">
        <p class="said-head">
          <bdi class="member-name">{name}</bdi>
          <time class="hint" dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
            {momentWords(at, Date.now())}
          </time>
          {about === undefined ? null : <span class="hint">{text('roomAbout', about)}</span>}
          {isAmended && !isUnsaid ? <span class="hint">{text('roomAmended')}</span> : null}
        </p>
        {isChanging.value ? (
          <Composer
            label={text('roomAmendLabel')}
            send={text('roomSave')}
            most={maxWords}
            rows={2}
            initial={words}
            onSend={async (changed) => {
              const isDone = changed === words || (await room.amend(id, changed));
              if (isDone) isChanging.value = false;
              return isDone;
            }}
          />
        ) : (
          <p class={isUnsaid ? 'said-words hint' : 'said-words'} dir="auto">
            {isUnsaid ? text('roomUnsaid') : words || text('roomNothingToSee')}
          </p>
        )}
      </div>
      {isOwn ? (
        <div class="said-tools">
          <IconButton
            icon={Pencil}
            label={text('roomAmend')}
            size={16}
            aria-expanded={isChanging.value}
            onClick={() => (isChanging.value = !isChanging.value)}
          />
          <IconButton icon={Undo2} label={text('roomUnsay')} size={16} onClick={() => void room.unsay(id)} />
        </div>
      ) : null}
    </li>
  );
}

/** @param label what the list is called. */
export function MessageList({
  room,
  messages,
  label,
  saysAbout = false,
}: {
  readonly saysAbout?: boolean;
  readonly room: RoomModel;
  readonly messages: readonly RoomMessage[];
  readonly label: string;
}) {
  const shown = useSignal(shownAtOnce);
  return (
    <>
      {messages.length > shown.value ? (
        <button type="button" class="button small" onClick={() => (shown.value += shownAtOnce)}>
          {text('roomEarlier')}
        </button>
      ) : null}
      <ol class="plain-list said-list" aria-label={label}>
        {messages.slice(-shown.value).map((message) => (
          <Message key={message.id} room={room} message={message} saysAbout={saysAbout} />
        ))}
      </ol>
    </>
  );
}
