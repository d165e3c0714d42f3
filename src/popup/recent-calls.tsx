// What happened lately: who, when, how it ended, in words and with a mark, and one button to call back.
import { PhoneForwarded, PhoneIncoming, PhoneMissed, PhoneOff, PhoneOutgoing, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { HistoryEntry } from '../core/contact.ts';
import type { CallOutcome } from '../core/end-reason.ts';
import { text } from '../platform/text.ts';
import { clockText } from '../ui/duration.ts';
import { enumeration } from '../ui/enumeration.ts';
import { momentWords } from '../ui/moment.ts';
import type { PopupModel } from './popup-model.ts';

type Direction = HistoryEntry['direction'];

const outcomeKeys: Record<Direction, Record<CallOutcome, string>> = {
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

function RecentRow({ model, entry }: { readonly model: PopupModel; readonly entry: HistoryEntry }) {
  const contact = model.contactById(entry.contactId);
  const name = contact?.name ?? entry.contactName;
  const fresh = model.freshlyMissed.value.has(entry.callId);
  const Mark = markOf(entry);
  const outcome = text(outcomeKeys[entry.direction][entry.outcome]);
  const duration = entry.durationMs > 0 ? ` · ${clockText(entry.durationMs)}` : '';
  const others = entry.others ? ` · ${text('popupWithOthers', enumeration(entry.others))}` : '';
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
          {others} · <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, Date.now())}</time>
        </span>
      </div>
      {contact && !contact.blocked ? (
        <button
          type="button"
          class="button icon plain"
          aria-label={text('popupCallBack', name)}
          title={text('popupCallBack', name)}
          onClick={() => void model.call(contact.id, entry.media)}
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
        {entries.map((entry) => (
          <RecentRow key={entry.callId} model={model} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
