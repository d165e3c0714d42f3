// The room beside the call that is a meeting of it: what is talked about now, what comes after it, and what was said in the room. Everything that is
// written here stays in the room, and says so.
import { Check, ListPlus, SendHorizontal, X } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from '../../ui/avatar.tsx';
import { clockText } from '../../ui/format/duration.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { GroupModel, Participant } from '../model/group-model.ts';
import type { CallMeeting, OpenItem, SaidInRoom } from '../model/meeting-model.ts';
import { isHere, nameOf } from '../model/presence.ts';
import { meetingPanelId } from './meeting-ids.ts';

/** UTF-16 units, as entries have it. */
const [maxWords, maxTitle] = [10_000, 200];

interface PanelProps {
  readonly meeting: CallMeeting;
  readonly group: Pick<GroupModel, 'participants'>;
}

/** A minute that is over shows within seconds. */
function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

function Running({ meeting, item }: { readonly meeting: CallMeeting; readonly item: OpenItem }) {
  const { model, actions } = meeting;
  const spent = Math.max(0, useNow(1_000) - model.since.value);
  const finish = async () => {
    const next = model.items.value[1]?.title;
    if (await actions.finishItem())
      announce(next === undefined ? text('meetingAgendaDone') : text('meetingItemNow', next));
  };
  const isOver = item.minutes !== undefined && spent > item.minutes * 60_000;
  return (
    <div class="meeting-item">
      <p class="meeting-item-title" dir="auto">
        {item.title || text('roomNothingToSee')}
      </p>
      <p class={isOver ? 'meeting-time over' : 'meeting-time'} role="timer" aria-live="off">
        {item.minutes === undefined ? clockText(spent) : plural('meetingTimeOf', item.minutes, clockText(spent))}
      </p>
      {model.canWrite.value && (
        <button type="button" class="button small" onClick={() => void finish()}>
          <Check size={16} aria-hidden="true" />
          {text(model.items.value.length > 1 ? 'meetingNextItem' : 'meetingItemDone')}
        </button>
      )}
    </div>
  );
}

function Agenda({ meeting }: { readonly meeting: CallMeeting }) {
  const { model, actions } = meeting;
  const [first, ...later] = model.items.value;
  const [isAdding, setAdding] = useState(false);
  const title = model.title.value;
  return (
    <section class="meeting-agenda" aria-label={text('roomAgenda')}>
      <h3 class="meeting-agenda-title">
        <span dir="auto">{title ?? text('roomAgenda')}</span>
        {model.canWrite.value && (
          <IconButton
            icon={ListPlus}
            label={text('roomAddItem')}
            size={18}
            aria-expanded={isAdding}
            onClick={() => setAdding(!isAdding)}
          />
        )}
      </h3>
      {first ? <Running key={first.id} meeting={meeting} item={first} /> : <p class="hint">{text('meetingNoItems')}</p>}
      {later.length > 0 && (
        <details class="meeting-later">
          <summary>{plural('meetingItemsLater', later.length)}</summary>
          <ol>
            {later.map(({ id, title: called }) => (
              <li key={id} dir="auto">
                {called || text('roomNothingToSee')}
              </li>
            ))}
          </ol>
        </details>
      )}
      {isAdding && (
        <Writing
          label={text('roomItemLabel')}
          send={text('roomAddItem')}
          most={maxTitle}
          isFocused
          onSend={async (words) => {
            const isDone = await actions.addItem(words.replace(/\n+/g, ' '));
            if (isDone) setAdding(false);
            return isDone;
          }}
        />
      )}
    </section>
  );
}

interface WritingProps {
  readonly label: string;
  readonly send: string;
  readonly most: number;
  readonly isFocused?: boolean;
  /** @returns whether it is written: else the words stay. */
  readonly onSend: (words: string) => Promise<boolean>;
}

/** Enter sends, Shift+Enter makes a line. */
function Writing({ label, send, most, isFocused = false, onSend }: WritingProps) {
  const [words, setWords] = useState('');
  const isSending = useRef(false);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isFocused) box.current?.focus();
  }, []);
  const submit = async () => {
    if (words.trim() === '' || isSending.current) return;
    isSending.current = true;
    if (await onSend(words.trim())) setWords('');
    isSending.current = false;
  };
  return (
    <form
      class="meeting-writing"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={box}
        class="input"
        rows={2}
        dir="auto"
        maxLength={most}
        aria-label={label}
        placeholder={label}
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void submit();
        }}
      />
      <IconButton type="submit" icon={SendHorizontal} label={send} look="primary" disabled={words.trim() === ''} />
    </form>
  );
}

function Said({ said }: { readonly said: SaidInRoom }) {
  const { name, markName, author, at, isUnsaid, text: words } = said;
  return (
    <li class="meeting-said">
      <Avatar name={markName} id={author} size={28} />
      <div>
        <p class="meeting-said-head">
          <bdi>{name}</bdi>
          <time class="hint" dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
            {momentWords(at, Date.now())}
          </time>
        </p>
        <p class={isUnsaid ? 'meeting-words hint' : 'meeting-words'} dir="auto">
          {isUnsaid ? text('roomUnsaid') : words || text('roomNothingToSee')}
        </p>
      </div>
    </li>
  );
}

function Conversation({ said }: { readonly said: readonly SaidInRoom[] }) {
  const list = useRef<HTMLDivElement>(null);
  const isNearEnd = useRef(true);
  const last = said.at(-1);
  const known = useRef(last?.id);
  useEffect(() => {
    const box = list.current;
    if (box && isNearEnd.current) box.scrollTop = box.scrollHeight;
    if (last && known.current !== last.id && !last.isOwn) announce(text('meetingSaid', last.name, last.text));
    known.current = last?.id;
  }, [last?.id, said.length]);
  return (
    <div
      ref={list}
      class="meeting-conversation"
      role="log"
      aria-live="off"
      aria-label={text('roomConversation')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isNearEnd.current = scrollHeight - scrollTop - clientHeight < 80;
      }}
    >
      {said.length === 0 ? (
        <p class="hint">{text('meetingNothingSaid')}</p>
      ) : (
        <ol class="meeting-said-list">
          {said.map((one) => (
            <Said key={one.id} said={one} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** Those in the call who see nothing of this, and of whom nothing is kept here. */
function strangersIn(participants: readonly Participant[], { model }: CallMeeting): readonly string[] {
  return participants.filter((one) => isHere(one.presence.value) && !model.isMember(one.id)).map(nameOf);
}

export function MeetingPanel({ meeting, group }: PanelProps) {
  const { model, actions } = meeting;
  const name = model.name.value;
  const strangers = strangersIn(group.participants.value, meeting);
  return (
    <aside
      id={meetingPanelId}
      class="side-panel"
      aria-labelledby="meeting-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) actions.open(false);
      }}
    >
      <header class="side-header meeting-head">
        <h2 id="meeting-title" dir="auto">
          {name}
        </h2>
        <IconButton icon={X} label={text('meetingClose')} onClick={() => actions.open(false)} />
      </header>
      <Agenda meeting={meeting} />
      <Conversation said={model.said.value} />
      {strangers.length > 0 && (
        <p class="meeting-note">{plural('meetingStrangers', strangers.length, strangers.join(', '))}</p>
      )}
      {model.problem.value !== undefined && (
        <p class="problem meeting-note" role="alert">
          {model.problem.value}
        </p>
      )}
      {model.canWrite.value ? (
        <>
          <p class="meeting-kept">{text('meetingKept', name)}</p>
          <Writing
            label={text('meetingWrite', name)}
            send={text('meetingSend')}
            most={maxWords}
            onSend={(words) => actions.say(words)}
          />
        </>
      ) : (
        <p class="meeting-note">{text('roomNoMember')}</p>
      )}
    </aside>
  );
}
