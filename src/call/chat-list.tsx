// The conversation: messages and files in their order. New ones are announced elsewhere (chat-announcer.tsx), so that bars that move are
// not read aloud.
import { Clock, Reply } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../platform/text.ts';
import { momentWords } from '../ui/moment.ts';
import type { ChatEntry, ChatModel, ShownMessage } from './chat-model.ts';
import { FileRow } from './file-row.tsx';
import { MarkdownText } from './markdown-text.tsx';

/** Closer to the end than this, the view follows what comes. */
const nearEndPx = 80;
/** What the same person says within this time stands under one name. */
const groupMs = 180_000;
const excerptLength = 80;

/** The first line of a message, short. */
export function excerptOf(message: ShownMessage): string {
  const line = message.text.split('\n').find((one) => one.trim() !== '') ?? '';
  const characters = Array.from(line);
  return characters.length > excerptLength ? `${characters.slice(0, excerptLength).join('')}…` : line;
}

/** The name that people see: their own is You. */
export function authorName(model: ChatModel, author: string): string {
  return author === '' ? text('callYou') : (model.names.value.get(author) ?? '');
}

/** The other side of a file, whoever sent it. */
function otherName(model: ChatModel, entry: ChatEntry): string {
  return authorName(model, model.files.value.get(entry.id)?.value.participant ?? entry.author);
}

interface Props {
  readonly model: ChatModel;
  readonly onReply: (message: ShownMessage) => void;
}

export function ChatList({ model, onReply }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const isNearEnd = useRef(true);
  const entries = model.entries.value;
  const last = entries.at(-1);
  // What the person wrote is always seen; what others write only by those who look at the end.
  useLayoutEffect(() => {
    if (isNearEnd.current || last?.author === '') list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last?.id]);
  // Pictures and rows grow after they came.
  useEffect(() => {
    const element = list.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const observer = new ResizeObserver(() => {
      if (isNearEnd.current) element.scrollTo({ top: element.scrollHeight });
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, []);
  const messages = new Map(entries.flatMap((entry) => (entry.kind === 'message' ? [[entry.id, entry] as const] : [])));
  return (
    <div
      ref={list}
      class="chat-list"
      role="log"
      aria-live="off"
      aria-label={text('chatMessages')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isNearEnd.current = scrollHeight - scrollTop - clientHeight < nearEndPx;
      }}
    >
      <div>
        <p class="hint chat-privacy">{text('chatPrivacy')}</p>
        {entries.map((entry, index) => {
          const before = entries[index - 1];
          const isNewGroup = !before || before.author !== entry.author || entry.at - before.at > groupMs;
          return (
            <div
              key={entry.id}
              id={`chat-${entry.id}`}
              class={`chat-entry${entry.author === '' ? ' own' : ''}${isNewGroup ? ' first' : ''}`}
            >
              {isNewGroup && (
                <p class="chat-author">
                  <span class="chat-author-name" dir="auto">
                    {authorName(model, entry.author)}
                  </span>
                  <time class="chat-time">{momentWords(entry.at, Date.now())}</time>
                </p>
              )}
              {entry.kind === 'message' ? (
                <Message
                  message={entry}
                  repliedTo={entry.re === undefined ? undefined : messages.get(entry.re)}
                  model={model}
                  onReply={onReply}
                />
              ) : (
                <FileOf id={entry.id} model={model} name={otherName(model, entry)} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function FileOf({ id, model, name }: { readonly id: string; readonly model: ChatModel; readonly name: string }) {
  const file = model.files.value.get(id)?.value;
  return file ? <FileRow file={file} name={name} /> : null;
}

interface MessageProps extends Props {
  readonly message: ShownMessage;
  readonly repliedTo: ShownMessage | undefined;
}

function Message({ message, repliedTo, model, onReply }: MessageProps) {
  return (
    <div class="chat-message">
      <div class="chat-bubble">
        {repliedTo && (
          <button type="button" class="chat-quote" onClick={() => showMessage(repliedTo.id)}>
            <span class="chat-quote-name">{authorName(model, repliedTo.author)}</span>
            <span dir="auto">{excerptOf(repliedTo)}</span>
          </button>
        )}
        <MarkdownText text={message.text} />
        {!message.arrived && (
          <p class="chat-not-arrived">
            <Clock aria-hidden="true" size={12} />
            {text('chatNotArrived')}
          </p>
        )}
      </div>
      <button
        type="button"
        class="chat-reply"
        aria-label={text('chatReplyTo', excerptOf(message))}
        title={text('chatReply')}
        onClick={() => onReply(message)}
      >
        <Reply aria-hidden="true" size={16} />
      </button>
    </div>
  );
}

function showMessage(id: string): void {
  const element = document.getElementById(`chat-${id}`);
  element?.scrollIntoView({ block: 'center' });
  element?.classList.remove('pointed-at');
  // Read, so that the class comes back as a change and its animation starts over.
  void element?.offsetWidth;
  element?.classList.add('pointed-at');
}
