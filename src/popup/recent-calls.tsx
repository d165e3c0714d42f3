// What happened lately: who, when, how it ended, in words and with a mark, and one button to call back.
import { PhoneForwarded, PhoneIncoming, PhoneMissed, PhoneOff, PhoneOutgoing, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { CallOutcome } from '../core/call/end-reason.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import { calledIn, longest, type RecentCall, recentCalls } from '../core/data/recent-calls.ts';
import { clockText } from '../ui/duration.ts';
import { enumeration } from '../ui/enumeration.ts';
import { momentWords } from '../ui/moment.ts';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import type { PopupModel } from './popup-model.ts';

type Direction = HistoryEntry['direction'];

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

function markOf(entry: HistoryEntry) {
  if (entry.outcome === 'missed') return PhoneMissed;
  if (entry.outcome === 'answered-elsewhere') return PhoneForwarded;
  if (entry.outcome === 'answered') return entry.direction === 'incoming' ? PhoneIncoming : PhoneOutgoing;
  return PhoneOff;
}

const isAlike = (one: HistoryEntry, other: HistoryEntry): boolean =>
  one.outcome === other.outcome && one.direction === other.direction;

/** Of whom something else is to be said than of the first: who did not come, or was called by whoever was called. */
function exceptions({ entry, beside }: RecentCall, nameOf: (one: HistoryEntry) => string): string {
  return beside
    .filter((one) => !isAlike(one, entry))
    .map((one) => ` · ${text('popupOutcomeOf', nameOf(one), text(outcomeKeys[one.direction][one.outcome]))}`)
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
  const fresh = model.freshlyMissed.value.has(entry.callId);
  const Mark = markOf(entry);
  const outcome = text(outcomeKeys[entry.direction][entry.outcome]);
  const durationMs = longest(call);
  const duration = durationMs > 0 ? ` · ${clockText(durationMs)}` : '';
  const introduced = [...new Set(together.flatMap((one) => one.others ?? []))].filter((one) => !names.includes(one));
  const others = introduced.length > 0 ? ` · ${text('popupWithOthers', enumeration(introduced))}` : '';
  return (
    <li class={entry.outcome === 'missed' ? 'row recent missed' : 'row recent'}>
      <span class="recent-mark" aria-hidden="true">
        <Mark size={18} />
      </span>
      <div class="row-text">
        <span class="row-name" title={name}>
          {name}
          {fresh ? <span class="badge">{text('popupNew')}</span> : null}
        </span>
        <span class="row-note">
          {outcome}
          {duration}
          {others}
          {exceptions(call, nameOf)} ·{' '}
          <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, Date.now())}</time>
        </span>
      </div>
      {called.length > 0 ? (
        <button
          type="button"
          class="button icon plain"
          aria-label={callBack}
          title={callBack}
          onClick={() =>
            void model.callAgain(
              called.map(({ id }) => id),
              entry.media,
            )
          }
        >
          {entry.media === 'video' ? (
            <Video aria-hidden="true" size={18} />
          ) : (
            <PhoneOutgoing aria-hidden="true" size={18} />
          )}
        </button>
      ) : null}
    </li>
  );
}

export function RecentCalls({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const entries = model.history.value;
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 id={headingId} class="section-title">
        {text('popupRecent')}
      </h2>
      <ul class="plain-list rows" aria-labelledby={headingId}>
        {recentCalls(entries).map((call) => (
          <RecentRow key={call.entry.callId} model={model} call={call} />
        ))}
      </ul>
    </section>
  );
}
