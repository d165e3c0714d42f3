// The people one can call. One row per person: call with video, call with audio, and everything else behind "More".

import { Ellipsis, Phone, ShieldAlert, ShieldCheck, Star, UserPlus, Users, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Contact } from '../core/identity/contact.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { text } from '../ui/texts/text.ts';
import { useRowKeys } from '../ui/use-row-keys.ts';
import { mostCalled, type PopupModel } from './popup-model.ts';

/** Where the focus returns to when nobody is chosen after all. */
export const groupCallButtonId = 'new-group-call';

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
      <Avatar name={name} id={id} size={40} />
      <div class="row-text">
        <span class="row-name" dir="auto" title={name}>
          {name}
        </span>
        <ContactNote contact={contact} />
      </div>
      {contact.favourite ? <Star class="favourite" role="img" aria-label={text('popupFavourite')} size={14} /> : null}
      {contact.blocked ? null : (
        <>
          <IconButton
            icon={Video}
            label={text('popupCall', name)}
            look="round-accent"
            onClick={() => void model.call(id, 'video')}
          />
          <IconButton
            icon={Phone}
            label={text('popupCallAudio', name)}
            size={18}
            onClick={() => void model.call(id, 'audio')}
          />
        </>
      )}
      <IconButton
        icon={Ellipsis}
        label={text('popupMore', name)}
        size={18}
        aria-haspopup="dialog"
        onClick={() => model.show({ show: 'more', contactId: id })}
      />
    </li>
  );
}

/** While several are chosen the whole row is the box to tick. */
function ChoiceRow({ model, contact, chosen }: RowProps & { readonly chosen: ReadonlySet<string> }) {
  const inputId = useId();
  const { id, name } = contact;
  const isChosen = chosen.has(id);
  return (
    <li class="row choosable">
      <input
        id={inputId}
        type="checkbox"
        checked={isChosen}
        disabled={!isChosen && chosen.size >= mostCalled}
        onChange={({ currentTarget }) => model.choose(id, currentTarget.checked)}
      />
      <Avatar name={name} id={id} size={40} />
      <label class="row-text" for={inputId}>
        <span class="row-name" dir="auto" title={name}>
          {name}
        </span>
      </label>
      <ContactNote contact={contact} />
    </li>
  );
}

/** Before there is anybody to call there is one thing to do, and it is large. */
function NobodyYet({ model }: { readonly model: PopupModel }) {
  return (
    <div class="empty">
      <p class="empty-title">{text('popupEmptyTitle')}</p>
      <p class="hint">{text('popupEmptyText')}</p>
      <button type="button" class="button primary empty-button" onClick={() => model.show({ show: 'my-link' })}>
        <UserPlus aria-hidden="true" size={20} />
        {text('popupInvite')}
      </button>
      <p class="hint">{text('popupEmptyAdd')}</p>
    </div>
  );
}

export function ContactList({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const searchId = useId();
  const shown = model.shownContacts.value;
  const chosen = model.chosen.value;
  const { list, onFocusIn, onKeyDown } = useRowKeys();
  return (
    <section>
      <div class="section-line">
        <h2 id={headingId} class="section-title">
          {text('popupContacts')}
        </h2>
        {model.offersGroupCall.value ? (
          <button
            id={groupCallButtonId}
            type="button"
            class="button small plain"
            aria-pressed={chosen !== undefined}
            onClick={() => model.chooseSeveral(chosen === undefined)}
          >
            <Users aria-hidden="true" size={16} />
            {text('popupGroupCall')}
          </button>
        ) : null}
      </div>
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
      {model.contacts.value.length === 0 ? <NobodyYet model={model} /> : null}
      {model.contacts.value.length > 0 && shown.length === 0 ? <p class="hint">{text('popupNobodyFound')}</p> : null}
      {shown.length > 0 ? (
        <ul ref={list} class="plain-list rows" aria-labelledby={headingId} onFocusIn={onFocusIn} onKeyDown={onKeyDown}>
          {shown.map((contact) =>
            chosen ? (
              <ChoiceRow key={contact.id} model={model} contact={contact} chosen={chosen} />
            ) : (
              <ContactRow key={contact.id} model={model} contact={contact} />
            ),
          )}
        </ul>
      ) : null}
    </section>
  );
}
