// Messages that were left, below the calls that were missed: what has come can be played, what waits comes with the next call. Read apart from
// everything else: where they cannot be read, the rest of the popup goes on.
import { signal } from '@preact/signals';
import { MessageSquareMore, Play } from 'lucide-preact';
import { useEffect, useId } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { LeftMessage } from '../core/messages/left-message.ts';
import { MessageStore } from '../platform/messages/message-store.ts';
import { onStoreChanged, openDatabase } from '../platform/store/database.ts';
import { clockText } from '../ui/format/duration.ts';
import { momentWords } from '../ui/format/moment.ts';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

const shown = signal<readonly LeftMessage[]>([]);
let isFollowing = false;

/** What somebody should know of: not what was played, nor what has arrived there. */
const isNews = ({ direction, state }: LeftMessage): boolean =>
  direction === 'in' ? state === 'announced' || state === 'arrived' : state === 'draft' || state === 'waiting';

async function follow(): Promise<void> {
  if (isFollowing) return;
  isFollowing = true;
  const store = new MessageStore(await openDatabase());
  const read = async () => {
    shown.value = (await store.all()).filter(isNews).sort((one, other) => other.at - one.at);
  };
  onStoreChanged((changed) => {
    if (changed === 'messages') void read().catch(() => undefined);
  });
  await read();
}

async function openMessages(m = ''): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`src/messages/index.html${m === '' ? '' : `#${m}`}`) });
  if (browser.extension.getViews({ type: 'popup' }).includes(window)) window.close();
}

export function MessageNotice({ model }: { readonly model: PopupModel }) {
  const titleId = useId();
  useEffect(() => void follow().catch(() => undefined), []);
  const messages = shown.value;
  if (messages.length === 0) return null;
  return (
    <section class="missed-notice" aria-labelledby={titleId}>
      <div class="missed-head">
        <MessageSquareMore aria-hidden="true" size={18} />
        <h2 id={titleId} class="section-title">
          {text('messagesTitle')}
        </h2>
        <button type="button" class="button small plain" onClick={() => void openMessages()}>
          {text('messagesShowAll')}
        </button>
      </div>
      <ul class="plain-list missed-list" aria-labelledby={titleId}>
        {messages.map((message) => (
          <MessageRow key={message.m} message={message} model={model} />
        ))}
      </ul>
    </section>
  );
}

function noteOf({ direction, state }: LeftMessage): string {
  if (direction === 'in') return state === 'announced' ? text('popupMessageAnnounced') : '';
  return text(state === 'draft' ? 'messagesDraft' : 'popupMessageWaiting');
}

function MessageRow({ message, model }: { readonly message: LeftMessage; readonly model: PopupModel }) {
  const { m, contactId, kind, seconds, direction, state, at } = message;
  const contact = model.contactById(contactId);
  const name = contact?.name ?? '';
  const note = noteOf(message);
  return (
    <li class="missed-row">
      <span class="row-text">
        <span class="row-name" dir={direction === 'in' ? 'auto' : undefined} title={name}>
          {direction === 'in' ? name : text('popupMessageFor', name)}
        </span>
        <span class="row-note">
          {text(kind === 'video' ? 'messagesVideo' : 'messagesVoice')}
          {seconds > 0 ? ` · ${clockText(seconds * 1_000)}` : ''} ·{' '}
          <time dateTime={new Date(at).toISOString()}>{momentWords(at, Date.now())}</time>
          {note === '' ? '' : ` · ${note}`}
        </span>
      </span>
      {state === 'arrived' && (
        <button
          type="button"
          class="button small primary"
          aria-label={text('popupPlayMessage', name)}
          onClick={() => void openMessages(m)}
        >
          <Play aria-hidden="true" size={16} />
          {text('messagesPlay')}
        </button>
      )}
    </li>
  );
}
