// The conversation: messages and files in their order. New ones are announced elsewhere (chat-announcer.tsx), so that bars that move are
// not read aloud.
import { Clock, Reply } from 'lucide-preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { momentWords } from '../../ui/format/moment.ts';
import { text } from '../../ui/texts/text.ts';
import type { ChatEntry, ChatModel, ShownMessage } from './chat-model.ts';
import { pagesFor, windowStart } from './chat-window.ts';
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
  const [pages, setPages] = useState(1);
  const [pointedAt, setPointedAt] = useState<ShownMessage | undefined>(undefined);
  // Once it is laid out, which may take pages that were not shown before.
  useEffect(() => {
    if (!pointedAt) return;
    pointAt(pointedAt);
    setPointedAt(undefined);
  }, [pointedAt]);
  const start = windowStart(entries, pages);
  const shown = entries.slice(start);
  const messages = new Map(entries.flatMap((entry) => (entry.kind === 'message' ? [[entry.id, entry] as const] : [])));
  const latest = useRef(entries);
  latest.current = entries;
  const onShow = useCallback((message: ShownMessage) => {
    setPages((now) => Math.max(now, pagesFor(latest.current, latest.current.indexOf(message))));
    setPointedAt(message);
  }, []);
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
        {start > 0 && (
          <button type="button" class="button chat-earlier" onClick={() => setPages(pages + 1)}>
            {text('chatEarlier')}
          </button>
        )}
        {shown.map((entry, index) => {
          const before = entries[start + index - 1];
          return (
            <Entry
              key={keyOf(entry)}
              entry={entry}
              isNewGroup={!before || before.author !== entry.author || entry.at - before.at > groupMs}
              repliedTo={entry.kind === 'message' && entry.re !== undefined ? messages.get(entry.re) : undefined}
              model={model}
              onReply={onReply}
              onShow={onShow}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Two people may use one id: the later of them would hide the other. */
const keyOf = ({ author, id }: ChatEntry): string => `${author}-${id}`;

interface EntryProps extends Props {
  readonly entry: ChatEntry;
  /** Somebody else, or the same after a while. */
  readonly isNewGroup: boolean;
  readonly repliedTo: ShownMessage | undefined;
  readonly onShow: (message: ShownMessage) => void;
}

/**
 * Painted again only when something of it is different: it reads a signal in any case, and components that do are compared by their
 * properties first. Otherwise each message would cost as much as all before it.
 */
function Entry({ entry, isNewGroup, repliedTo, model, onReply, onShow }: EntryProps) {
  const name = model.names.value.get(entry.author) ?? authorName(model, entry.author);
  return (
    <article
      id={`chat-${keyOf(entry)}`}
      class={`chat-entry${entry.author === '' ? ' own' : ''}${isNewGroup ? ' first' : ''}`}
    >
      {isNewGroup && (
        <p class="chat-author">
          <span class="chat-author-name" dir="auto">
            {name}
          </span>
          <time class="chat-time">{momentWords(entry.at, Date.now())}</time>
        </p>
      )}
      {entry.kind === 'message' ? (
        <Message message={entry} repliedTo={repliedTo} model={model} onReply={onReply} onShow={onShow} />
      ) : (
        <FileOf id={entry.id} model={model} name={otherName(model, entry)} />
      )}
    </article>
  );
}

function FileOf({ id, model, name }: { readonly id: string; readonly model: ChatModel; readonly name: string }) {
  const file = model.files.value.get(id)?.value;
  return file ? <FileRow file={file} name={name} /> : null;
}

interface MessageProps extends Pick<EntryProps, 'repliedTo' | 'model' | 'onReply' | 'onShow'> {
  readonly message: ShownMessage;
}

function Message({ message, repliedTo, model, onReply, onShow }: MessageProps) {
  const isOwn = message.author === '';
  const reply = (
    <button
      type="button"
      class="chat-reply"
      aria-label={text('chatReplyTo', excerptOf(message))}
      title={text('chatReply')}
      onClick={() => onReply(message)}
    >
      <Reply aria-hidden="true" size={16} />
    </button>
  );
  return (
    <div class="chat-message">
      {isOwn && reply}
      <div class="chat-bubble">
        {repliedTo && (
          <button type="button" class="chat-quote" onClick={() => onShow(repliedTo)}>
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
      {!isOwn && reply}
    </div>
  );
}

function pointAt(message: ShownMessage): void {
  const element = document.getElementById(`chat-${keyOf(message)}`);
  element?.scrollIntoView({ block: 'center' });
  element?.classList.remove('pointed-at');
  // Read, so that the class comes back as a change and its animation starts over.
  void element?.offsetWidth;
  element?.classList.add('pointed-at');
}
