// The people one can call. One row per person: call with video, call with audio, and everything else behind "More".
import { Ellipsis, Phone, ShieldAlert, ShieldCheck, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Contact } from '../core/contact.ts';
import { text } from '../platform/text.ts';
import { NameAvatar } from '../ui/name-avatar.tsx';
import type { PopupModel } from './popup-model.ts';

interface RowProps {
  readonly model: PopupModel;
  readonly contact: Contact;
}

/** One short line under the name, only when there is something to know. */
function ContactNote({ contact }: { readonly contact: Contact }) {
  if (contact.blocked) return <span class="row-note">{text('popupBlocked')}</span>;
  if (contact.verification.state === 'verified')
    return (
      <span class="row-note">
        <ShieldCheck aria-hidden="true" size={14} /> {text('popupVerifiedShort')}
      </span>
    );
  if (contact.verification.state === 'different')
    return (
      <span class="row-note alarming">
        <ShieldAlert aria-hidden="true" size={14} /> {text('popupDifferentShort')}
      </span>
    );
  return null;
}

function ContactRow({ model, contact }: RowProps) {
  const { id, name } = contact;
  return (
    <li class={contact.blocked ? 'row blocked' : 'row'}>
      <NameAvatar name={name} id={id} />
      <div class="row-text">
        <span class="row-name" title={name}>
          {name}
        </span>
        <ContactNote contact={contact} />
      </div>
      {contact.blocked ? null : (
        <>
          <button
            type="button"
            class="button icon round-accent"
            aria-label={text('popupCall', name)}
            title={text('popupCall', name)}
            onClick={() => void model.call(id, 'video')}
          >
            <Video aria-hidden="true" size={20} />
          </button>
          <button
            type="button"
            class="button icon plain"
            aria-label={text('popupCallAudio', name)}
            title={text('popupCallAudio', name)}
            onClick={() => void model.call(id, 'audio')}
          >
            <Phone aria-hidden="true" size={18} />
          </button>
        </>
      )}
      <button
        type="button"
        class="button icon plain"
        aria-label={text('popupMore', name)}
        title={text('popupMore', name)}
        aria-haspopup="dialog"
        onClick={() => model.show({ show: 'more', contactId: id })}
      >
        <Ellipsis aria-hidden="true" size={18} />
      </button>
    </li>
  );
}

function NobodyYet() {
  return (
    <div class="empty">
      <p class="empty-title">{text('popupEmptyTitle')}</p>
      <ol>
        <li>{text('popupEmptyStep1')}</li>
        <li>{text('popupEmptyStep2')}</li>
        <li>{text('popupEmptyStep3')}</li>
      </ol>
    </div>
  );
}

export function ContactList({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const searchId = useId();
  const shown = model.shownContacts.value;
  return (
    <section>
      <h2 id={headingId} class="section-title">
        {text('popupContacts')}
      </h2>
      {model.offersSearch.value ? (
        <div class="search">
          <label for={searchId} class="visually-hidden">
            {text('popupSearch')}
          </label>
          <input
            id={searchId}
            type="search"
            class="input"
            placeholder={text('popupSearch')}
            value={model.search.value}
            onInput={(event) => {
              model.search.value = event.currentTarget.value;
            }}
          />
        </div>
      ) : null}
      {model.contacts.value.length === 0 ? <NobodyYet /> : null}
      {model.contacts.value.length > 0 && shown.length === 0 ? <p class="hint">{text('popupNobodyFound')}</p> : null}
      {shown.length > 0 ? (
        <ul class="plain-list rows" aria-labelledby={headingId}>
          {shown.map((contact) => (
            <ContactRow key={contact.id} model={model} contact={contact} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
