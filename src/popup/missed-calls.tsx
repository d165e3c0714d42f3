// Who called in vain, on top of everything but people who are waiting now, with one click to call them back.

import { Phone, PhoneMissed, Video, X } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { MissedCalls } from '../core/data/recent-calls.ts';
import { momentWords } from '../ui/format/moment.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { plural, text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface RowProps {
  readonly model: PopupModel;
  readonly missed: MissedCalls;
}

function MissedRow({ model, missed: { entry, count } }: RowProps) {
  const contact = model.contactById(entry.contactId);
  const name = contact?.name ?? entry.contactName;
  const Media = entry.media === 'video' ? Video : Phone;
  return (
    <li class="missed-row">
      <span class="row-text">
        <span class="row-name" dir="auto" title={name}>
          {name}
        </span>
        <span class="row-note">
          {plural('popupMissed', count)} ·{' '}
          <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, Date.now())}</time>
        </span>
      </span>
      {contact && !contact.blocked ? (
        <button
          type="button"
          class="button small primary"
          aria-label={text('popupCallBack', name)}
          onClick={() => void model.call(contact.id, entry.media)}
        >
          <Media aria-hidden="true" size={16} />
          {text('popupCallBackShort')}
        </button>
      ) : null}
    </li>
  );
}

export function MissedCallsNotice({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const missed = model.missedCalls.value;
  if (missed.length === 0) return null;
  return (
    <section class="missed-notice" aria-labelledby={headingId}>
      <div class="missed-head">
        <PhoneMissed aria-hidden="true" size={18} />
        <h2 id={headingId} class="section-title">
          {text('popupMissedCalls')}
        </h2>
        <IconButton
          icon={X}
          label={text('popupMissedPutAway')}
          size={16}
          class="small"
          onClick={() => model.putMissedAway()}
        />
      </div>
      <ul class="plain-list missed-list" aria-labelledby={headingId}>
        {missed.map((one) => (
          <MissedRow key={one.entry.contactId} model={model} missed={one} />
        ))}
      </ul>
    </section>
  );
}
