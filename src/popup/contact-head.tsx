// The beginning of a contact's page: who it is, how to call, whether it is a favourite, and the last calls with them.

import { Phone, Star, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Contact } from '../core/identity/contact.ts';
import { Avatar } from '../ui/avatar.tsx';
import { clockText } from '../ui/format/duration.ts';
import { momentWords } from '../ui/format/moment.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';
import { outcomeWords } from './recent-calls.tsx';

interface Props {
  readonly model: PopupModel;
  readonly contact: Contact;
}

export function ContactHead({ model, contact }: Props) {
  const { id, name, blocked, favourite = false } = contact;
  return (
    <div class="contact-head">
      <Avatar name={name} id={id} size={64} />
      <div class="actions contact-head-actions">
        {blocked ? null : (
          <>
            <button type="button" class="button primary" onClick={() => void model.call(id, 'video')}>
              <Video aria-hidden="true" size={18} />
              {text('popupCallVideoShort')}
            </button>
            <button type="button" class="button" onClick={() => void model.call(id, 'audio')}>
              <Phone aria-hidden="true" size={18} />
              {text('popupCallAudioShort')}
            </button>
          </>
        )}
        <IconButton
          icon={Star}
          label={text('popupFavourite')}
          class="star"
          aria-pressed={favourite}
          onClick={() => void model.book.setFavourite(id, !favourite)}
        />
      </div>
    </div>
  );
}

const shownCalls = 3;

export function ContactCalls({ model, contact }: Props) {
  const headingId = useId();
  const calls = model.history.value.filter(({ contactId }) => contactId === contact.id).slice(0, shownCalls);
  if (calls.length === 0) return null;
  return (
    <section class="stack tight">
      <h3 id={headingId}>{text('popupLastCalls')}</h3>
      <ul class="plain-list contact-calls" aria-labelledby={headingId}>
        {calls.map((entry) => (
          <li key={entry.callId}>
            <span>
              {outcomeWords(entry)}
              {entry.durationMs > 0 ? ` · ${clockText(entry.durationMs)}` : ''}
            </span>
            <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, Date.now())}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
