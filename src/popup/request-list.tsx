// People who called without being a contact. They never ring; here they wait to be added, ignored or blocked.
import { useId } from 'preact/hooks';
import type { ContactRequest } from '../core/identity/contact.ts';
import { Avatar } from '../ui/avatar.tsx';
import { announce } from '../ui/live-region.tsx';
import { momentWords } from '../ui/moment.ts';
import { plural, text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface RowProps {
  readonly model: PopupModel;
  readonly stranger: ContactRequest;
}

function RequestRow({ model, stranger }: RowProps) {
  const nameId = useId();
  const name = stranger.name || text('popupNamelessContact', stranger.id.slice(0, 8));

  const take = async (then: 'call' | 'keep' | 'block') => {
    const contact = await model.book.takeRequest(stranger, then === 'block');
    if (!contact) {
      model.problem.value = text('popupRequestUnusable', name);
      return;
    }
    announce(text(then === 'block' ? 'popupNowBlocked' : 'popupAdded', contact.name));
    if (then === 'call') await model.call(contact.id, 'video');
  };
  const ignore = async () => {
    await model.book.ignoreRequest(stranger);
    announce(text('popupIgnored', name));
  };

  return (
    <li class="request">
      <div class="request-who">
        <Avatar name={name} id={stranger.id} size={40} />
        <div class="row-text">
          <span class="row-name" id={nameId} title={name}>
            {name}
          </span>
          <span class="row-note">
            {plural('popupRequestTimes', stranger.attempts)} ·{' '}
            <time dateTime={new Date(stranger.lastAt).toISOString()}>{momentWords(stranger.lastAt, Date.now())}</time>
          </span>
        </div>
      </div>
      <div class="actions">
        <button type="button" class="button primary small" aria-describedby={nameId} onClick={() => void take('call')}>
          {text('popupAddAndCallBack')}
        </button>
        <button type="button" class="button small" aria-describedby={nameId} onClick={() => void take('keep')}>
          {text('popupAdd')}
        </button>
        <button type="button" class="button small" aria-describedby={nameId} onClick={() => void ignore()}>
          {text('popupIgnore')}
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
  if (model.requests.value.length === 0) return null;
  return (
    <section>
      <h2 id={headingId} class="section-title">
        {text('popupRequests')}
      </h2>
      <p class="hint">{text('popupRequestsHint')}</p>
      <ul class="plain-list" aria-labelledby={headingId}>
        {model.requests.value.map((stranger) => (
          <RequestRow key={stranger.id} model={model} stranger={stranger} />
        ))}
      </ul>
    </section>
  );
}
