// What happened lately: who, when, how it ended, in words and with a mark, and one button to call back.

import { useSignal } from '@preact/signals';
import {
  CircleX,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  Trash2,
  Video,
} from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { CallOutcome } from '../core/call/end-reason.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import { calledIn, longest, type RecentCall, recentCalls } from '../core/data/recent-calls.ts';
import { clockText } from '../ui/format/duration.ts';
import { enumeration } from '../ui/format/enumeration.ts';
import { momentWords, wholeMoment } from '../ui/format/moment.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import { useRowKeys } from '../ui/use-row-keys.ts';
import type { PopupModel } from './popup-model.ts';

type Direction = HistoryEntry['direction'];

/** The rest is a click away: people come before what happened. */
const firstShown = 3;

const outcomeKeys: Record<Direction, Record<CallOutcome, TextKey>> = {
  incoming: {
    answered: 'popupInAnswered',
    missed: 'popupInMissed',
    declined: 'popupInDeclined',
    busy: 'popupInBusy',
    'no-answer': 'popupInMissed',
    cancelled: 'popupInMissed',
    failed: 'popupFailed',
    'answered-elsewhere': 'popupInElsewhere',
  },
  outgoing: {
    answered: 'popupOutAnswered',
    missed: 'popupOutNoAnswer',
    declined: 'popupOutDeclined',
    busy: 'popupOutBusy',
    'no-answer': 'popupOutNoAnswer',
    cancelled: 'popupOutCancelled',
    failed: 'popupFailed',
    'answered-elsewhere': 'popupOutAnswered',
  },
};

/** How a call ended, in words. */
export function outcomeWords({ direction, outcome }: HistoryEntry): string {
  return text(outcomeKeys[direction][outcome]);
}

function markOf(entry: HistoryEntry) {
  if (entry.outcome === 'missed') return PhoneMissed;
  if (entry.outcome === 'answered-elsewhere') return PhoneForwarded;
  if (entry.outcome === 'answered') return entry.direction === 'incoming' ? PhoneIncoming : PhoneOutgoing;
  return CircleX;
}

const isAlike = (one: HistoryEntry, other: HistoryEntry): boolean =>
  one.outcome === other.outcome && one.direction === other.direction;

/** Of whom something else is to be said than of the first: who did not come, or was called by whoever was called. */
function exceptions({ entry, beside }: RecentCall, nameOf: (one: HistoryEntry) => string): string {
  return beside
    .filter((one) => !isAlike(one, entry))
    .map((one) => ` · ${text('popupOutcomeOf', nameOf(one), outcomeWords(one))}`)
    .join('');
}

/** Whoever is called together is called in the same moment: only the alphabet is an order. */
const inOrder = (one: string, other: string): number => one.localeCompare(other);

function RecentRow({ model, call }: { readonly model: PopupModel; readonly call: RecentCall }) {
  const { entry, beside } = call;
  const nameOf = (one: HistoryEntry) => model.contactById(one.contactId)?.name ?? one.contactName;
  const together = [entry, ...beside.filter((one) => isAlike(one, entry))];
  const names = [...new Map(together.map((one) => [one.contactId, nameOf(one)])).values()].sort(inOrder);
  const name = enumeration(names);
  const called = calledIn(call)
    .flatMap((id) => model.contactById(id) ?? [])
    .filter(({ blocked }) => !blocked)
    .sort((one, other) => inOrder(one.name, other.name));
  const callBack = text('popupCallBack', enumeration(called.map((contact) => contact.name)));
  const isOpen = useSignal(false);
  const detailsId = useId();
  const fresh = model.freshlyMissed.value.has(entry.callId);
  const Mark = markOf(entry);
  const outcome = outcomeWords(entry);
  const durationMs = longest(call);
  const recorded = recordedIn(call);
  const duration = durationMs > 0 ? ` · ${clockText(durationMs)}` : '';
  const introduced = [...new Set(together.flatMap((one) => one.others ?? []))].filter((one) => !names.includes(one));
  const others = introduced.length > 0 ? ` · ${text('popupWithOthers', enumeration(introduced))}` : '';
  return (
    <li class={entry.outcome === 'missed' ? 'row recent missed' : 'row recent'}>
      <span class="recent-mark" aria-hidden="true">
        <Mark size={18} />
      </span>
      <button
        type="button"
        class="row-text row-opener"
        aria-expanded={isOpen.value}
        aria-controls={detailsId}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="row-name" dir="auto" title={name}>
          {name}
          {fresh ? <span class="new-mark">{text('popupNew')}</span> : null}
        </span>
        <span class="row-note">
          {outcome}
          {duration}
          {others}
          {exceptions(call, nameOf)} ·{' '}
          <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, Date.now())}</time>
        </span>
      </button>
      {called.length > 0 ? (
        <IconButton
          icon={entry.media === 'video' ? Video : Phone}
          label={callBack}
          size={18}
          onClick={() =>
            void model.callAgain(
              called.map(({ id }) => id),
              entry.media,
            )
          }
        />
      ) : null}
      <div id={detailsId} class="row-details" hidden={!isOpen.value}>
        <p class="hint">
          {text(entry.media === 'video' ? 'popupCallWasVideo' : 'popupCallWasAudio')} · {wholeMoment(entry.at)}
        </p>
        {recorded.map(({ by, ms, yes }, index) => (
          <p key={index} class="hint">
            {by === ''
              ? text('popupRecordedHere', clockText(ms))
              : text(yes ? 'popupRecordedAgreed' : 'popupRecordedLeftOut', by, clockText(ms))}
          </p>
        ))}
        {recorded.some(({ by }) => by === '') && (
          <a class="button small" href="../recordings/index.html" target="_blank" rel="noopener">
            {text('popupShowRecordings')}
          </a>
        )}
        <button
          type="button"
          class="button small quiet-danger"
          aria-label={text('popupForgetCallWith', name)}
          onClick={() => void model.forgetCalls([entry, ...beside].map(({ callId }) => callId))}
        >
          <Trash2 aria-hidden="true" size={16} />
          {text('popupForgetCall')}
        </button>
      </div>
    </li>
  );
}

/** Calls of one page end one after the other: the last of them knows the most. */
function recordedIn({ entry, beside }: RecentCall): NonNullable<HistoryEntry['recorded']> {
  const known = [entry, ...beside].map(({ recorded = [] }) => recorded);
  return known.reduce((most, one) => (one.length > most.length ? one : most));
}

export function RecentCalls({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const showsAll = useSignal(false);
  const { list, onFocusIn, onKeyDown } = useRowKeys();
  const calls = recentCalls(model.history.value);
  if (calls.length === 0) return null;
  const shown = showsAll.value ? calls : calls.slice(0, firstShown);
  return (
    <section>
      <div class="section-line">
        <h2 id={headingId} class="section-title">
          {text('popupRecent')}
        </h2>
        {calls.length > firstShown ? (
          <button
            type="button"
            class="button small plain"
            aria-expanded={showsAll.value}
            onClick={() => {
              showsAll.value = !showsAll.value;
            }}
          >
            {showsAll.value ? text('popupRecentFewer') : text('popupRecentAll', String(calls.length))}
          </button>
        ) : null}
      </div>
      <ul ref={list} class="plain-list rows" aria-labelledby={headingId} onFocusIn={onFocusIn} onKeyDown={onKeyDown}>
        {shown.map((call) => (
          <RecentRow key={call.entry.callId} model={model} call={call} />
        ))}
      </ul>
    </section>
  );
}
