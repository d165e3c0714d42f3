// People who called without being a contact. It did not ring; here they wait to be added and called back, for another time, or to be blocked.
import { useId } from 'preact/hooks';
import { lookalikeOf } from '../core/base/lookalike-name.ts';
import type { KeptRequest } from '../core/identity/contact-request.ts';
import { Avatar } from '../ui/avatar.tsx';
import { momentWords } from '../ui/format/moment.ts';
import { announce } from '../ui/live-region.tsx';
import { plural, text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface RowProps {
  readonly model: PopupModel;
  readonly stranger: KeptRequest;
}

function RequestRow({ model, stranger }: RowProps) {
  const nameId = useId();
  const name = stranger.name || text('popupNamelessContact', stranger.id.slice(0, 8));
  const known = { self: [model.invitation.value.name], contacts: model.contacts.value, participants: [] };
  const lookalike = lookalikeOf(stranger, known);

  const take = async (then: 'call' | 'block') => {
    const contact = await model.book.takeRequest(stranger, then === 'block');
    if (!contact) {
      model.problem.value = text('popupRequestUnusable', name);
      return;
    }
    announce(text(then === 'block' ? 'popupNowBlocked' : 'popupAdded', contact.name));
    if (then === 'call') await model.call(contact.id, 'video');
  };
  const notNow = async () => {
    await model.book.putRequestAway(stranger);
    announce(text('popupPutAway', name));
  };

  return (
    <li class="request">
      <div class="request-who">
        <Avatar name={name} id={stranger.id} size={40} />
        <div class="row-text">
          <span class="row-name" dir="auto" id={nameId} title={name}>
            {name}
          </span>
          <span class="row-note">
            {plural('popupRequestTimes', stranger.attempts)} ·{' '}
            <time dateTime={new Date(stranger.lastAt).toISOString()}>{momentWords(stranger.lastAt, Date.now())}</time>
          </span>
          {lookalike === undefined ? null : (
            <span class="row-note alarming">
              {lookalike.of === 'self' ? text('popupRequestLikeYou') : text('popupRequestLikeContact', lookalike.name)}
            </span>
          )}
        </div>
      </div>
      <div class="actions">
        <button type="button" class="button primary small" aria-describedby={nameId} onClick={() => void take('call')}>
          {text('popupAddAndCallBack')}
        </button>
        <button type="button" class="button small" aria-describedby={nameId} onClick={() => void notNow()}>
          {text('popupNotNow')}
        </button>
        <button
          type="button"
          class="button small quiet-danger"
          aria-describedby={nameId}
          onClick={() => void take('block')}
        >
          {text('popupBlock')}
        </button>
      </div>
    </li>
  );
}

export function RequestList({ model }: { readonly model: PopupModel }) {
  const headingId = useId();
  const requests = model.requests.value;
  if (requests.length === 0) return null;
  return (
    <section>
      <h2 id={headingId} class="section-title">
        {plural('popupRequests', requests.length)}
      </h2>
      <p class="hint">{text('popupRequestsHint')}</p>
      <ul class="plain-list" aria-labelledby={headingId}>
        {requests.map((stranger) => (
          <RequestRow key={stranger.id} model={model} stranger={stranger} />
        ))}
      </ul>
    </section>
  );
}
