// The page of messages: those that were left here, those that were left from here, or where one is recorded.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { LeftMessage } from '../core/messages/left-message.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { clockText } from '../ui/format/duration.ts';
import { momentWords } from '../ui/format/moment.ts';
import { announce, LiveRegion } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import { Player } from './kept/message-player.tsx';
import type { MessagesModel } from './kept/messages-model.ts';
import { lateRecorder } from './late-recorder.ts';

export interface MessagesPageProps {
  readonly model: MessagesModel;
  /** What the address asks to be recorded or gone on with. */
  readonly asked: Readonly<Record<string, string>> | undefined;
  readonly toList: () => void;
  readonly close: () => void;
}

export function MessagesPage({ model, asked, toList, close }: MessagesPageProps) {
  const messages = model.messages.value ?? [];
  return (
    <main class="messages">
      {asked ? (
        <lateRecorder.Part model={model} asked={asked} toList={toList} close={close} />
      ) : (
        <>
          <h1>{text('messagesTitle')}</h1>
          <p class="hint">{text('messagesWhere')}</p>
          {messages.length === 0 && <p>{text('messagesNone')}</p>}
          <MessageList
            title={text('messagesIn')}
            model={model}
            messages={messages.filter((one) => one.direction === 'in')}
          />
          <MessageList
            title={text('messagesOut')}
            model={model}
            messages={messages.filter((one) => one.direction === 'out')}
          />
        </>
      )}
      <LiveRegion />
    </main>
  );
}

interface ListProps {
  readonly title: string;
  readonly model: MessagesModel;
  readonly messages: readonly LeftMessage[];
}

function MessageList({ title, model, messages }: ListProps) {
  const titleId = useId();
  if (messages.length === 0) return null;
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <ul class="message-list">
        {messages.map((message) => (
          <li key={message.m}>
            <MessageCard message={message} model={model} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const stateKeys: Record<Exclude<LeftMessage['state'], 'over' | 'heard'>, TextKey> = {
  draft: 'messagesDraft',
  waiting: 'messagesWaiting',
  delivered: 'messagesDelivered',
  announced: 'messagesAnnounced',
  arrived: 'messagesNew',
};

/** What ends it: taking it back from somebody, or deleting it here. */
const endKeys = {
  draft: { button: 'messagesThrowAway', title: 'messagesThrowAwayTitle', meaning: 'messagesThrowAwayMeaning' },
  waiting: { button: 'messagesTakeBack', title: 'messagesTakeBackTitle', meaning: 'messagesTakeBackMeaning' },
  other: { button: 'messagesDelete', title: 'messagesDeleteTitle', meaning: 'messagesDeleteMeaning' },
} as const;

function MessageCard({ message, model }: { readonly message: LeftMessage; readonly model: MessagesModel }) {
  const isEnding = useSignal(false);
  const { m, contactId, kind, seconds, state, at } = message;
  const name = model.contacts.value.get(contactId)?.name ?? '';
  const isRunning = model.running.value.has(m);
  const playing = model.playing.value;
  const isPlaying = playing.state !== 'none' && playing.m === m;
  const canPlay = state === 'waiting' || state === 'arrived' || state === 'heard';
  const ends = endKeys[state === 'draft' || state === 'waiting' ? state : 'other'];
  const kindWords = text(kind === 'video' ? 'messagesVideo' : 'messagesVoice');
  const stateWords = isRunning
    ? text('messagesRunning')
    : state === 'heard'
      ? ''
      : state === 'over'
        ? ''
        : text(stateKeys[state], name);
  return (
    <article class="message-card" aria-label={name}>
      <h3 dir="auto">{name}</h3>
      <p class="hint">
        {[kindWords, ...(seconds > 0 ? [clockText(seconds * 1_000)] : []), momentWords(at, Date.now())].join(' · ')}
      </p>
      {stateWords !== '' && <p class={state === 'arrived' ? 'message-state' : ''}>{stateWords}</p>}
      {isPlaying && playing.state === 'broken' && <p class="problem">{text('messagesBroken')}</p>}
      {isPlaying && playing.state === 'ready' && (
        <Player kind={kind} url={playing.url} label={`${kindWords}, ${name}`} playsAtOnce />
      )}
      {!isRunning && (
        <div class="actions">
          {canPlay && (
            <button
              type="button"
              class="button primary"
              onClick={() => (isPlaying ? model.stop() : void model.play(m))}
            >
              {text(isPlaying ? 'messagesClosePlayer' : 'messagesPlay')}
            </button>
          )}
          {state === 'draft' && (
            <a class="button primary" href={`?${new URLSearchParams({ draft: m })}`}>
              {text('messagesGoOn')}
            </a>
          )}
          <button
            type="button"
            class="button danger"
            onClick={() => {
              isEnding.value = true;
            }}
          >
            {text(ends.button)}
          </button>
        </div>
      )}
      {isEnding.value && (
        <ConfirmDialog
          title={text(ends.title)}
          confirmLabel={text(ends.button)}
          cancelLabel={text('messagesKeep')}
          onConfirm={() => {
            isEnding.value = false;
            void model.delete(message).then(() => announce(text('messagesGone')));
          }}
          onClose={() => {
            isEnding.value = false;
          }}
        >
          <p>{text(ends.meaning, name)}</p>
        </ConfirmDialog>
      )}
    </article>
  );
}
