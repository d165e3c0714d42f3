// Where a person writes: Enter sends, Shift+Enter makes a line, pasted pictures wait for the same Enter.

import { Paperclip, SendHorizontal, Smile, X } from 'lucide-preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cleanText, maxTextLength } from '../../core/transfer/chat.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { authorName, excerptOf } from './chat-list.tsx';
import type { ChatActions, ChatModel, ShownMessage } from './chat-model.ts';
import { EmojiPalette } from './emoji-palette.tsx';

/** From here on the person sees how much is left. */
const nearLimit = maxTextLength - 500;

interface Props {
  readonly model: ChatModel;
  readonly actions: ChatActions;
  readonly replyTo: ShownMessage | undefined;
  readonly onReplyDone: () => void;
}

export function ChatComposer({ model, actions, replyTo, onReplyDone }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [hasPalette, setPalette] = useState(false);
  const pasted = model.pasted.value;
  const draft = model.draft.value;
  const setDraft = (now: string) => {
    model.draft.value = now;
  };
  const left = maxTextLength - cleanText(draft).length;
  useEffect(() => box.current?.focus(), [replyTo?.id, pasted.length]);

  const send = () => {
    if (left < 0) return;
    if (pasted.length > 0) actions.sendPictures(pasted);
    if (draft.trim() !== '') actions.say(draft, replyTo?.id);
    setDraft('');
    setPalette(false);
    onReplyDone();
    box.current?.focus();
  };
  const insert = (emoji: string) => {
    const { selectionStart = draft.length, selectionEnd = draft.length } = box.current ?? {};
    setDraft(draft.slice(0, selectionStart) + emoji + draft.slice(selectionEnd));
    setPalette(false);
    const caret = selectionStart + emoji.length;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {hasPalette && (
        <EmojiPalette
          onPick={insert}
          onClose={() => {
            setPalette(false);
            box.current?.focus();
          }}
        />
      )}
      {replyTo && (
        <div class="chat-replying">
          <p>
            <span class="chat-quote-name">{text('chatReplyingTo', authorName(model, replyTo.author))}</span>
            <span dir="auto">{excerptOf(replyTo)}</span>
          </p>
          <IconButton icon={X} label={text('chatNoReply')} size={18} onClick={onReplyDone} />
        </div>
      )}
      {pasted.length > 0 && (
        <ul class="chat-pasted" aria-label={text('chatPasted')}>
          {pasted.map((picture) => (
            <PastedPicture
              key={picture}
              picture={picture}
              onRemove={() => {
                model.pasted.value = pasted.filter((one) => one !== picture);
              }}
            />
          ))}
        </ul>
      )}
      <textarea
        ref={box}
        class="input"
        rows={2}
        dir="auto"
        aria-label={text('chatMessage')}
        placeholder={text('chatPlaceholder')}
        value={draft}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={(event) => {
          // While an input method composes, Enter belongs to it.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div class="chat-tools">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => {
            actions.sendFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        <IconButton icon={Paperclip} label={text('chatSendFiles')} onClick={() => chooser.current?.click()} />
        <IconButton
          icon={Smile}
          label={text('chatEmoji')}
          aria-expanded={hasPalette}
          onClick={() => setPalette(!hasPalette)}
        />
        <span class={`chat-left${left < 0 ? ' over' : ''}`} aria-live="polite">
          {draft.length >= nearLimit && plural(left < 0 ? 'chatTooLong' : 'chatCharactersLeft', Math.abs(left))}
        </span>
        <IconButton
          type="submit"
          icon={SendHorizontal}
          label={text('chatSend')}
          look="primary"
          disabled={left < 0 || (draft.trim() === '' && pasted.length === 0)}
        />
      </div>
    </form>
  );
}

function PastedPicture({ picture, onRemove }: { readonly picture: File; readonly onRemove: () => void }) {
  const url = useMemo(() => URL.createObjectURL(picture), [picture]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <li>
      <img src={url} alt={text('chatPictureOwn')} />
      <button type="button" class="round-close" aria-label={text('chatRemovePicture')} onClick={onRemove}>
        <X aria-hidden="true" size={14} />
      </button>
    </li>
  );
}
