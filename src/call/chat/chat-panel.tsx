// The open chat beside the call. Loaded with its markdown when it is opened for the first time.

import { Save, X } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { IconButton } from '../../ui/icon-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { chatPanelId } from './chat-button.tsx';
import { ChatComposer } from './chat-composer.tsx';
import type { Chat } from './chat-context.ts';
import { ChatList } from './chat-list.tsx';
import type { ChatNotice, ShownMessage } from './chat-model.ts';

const noticeTexts: Readonly<Record<ChatNotice['kind'], TextKey>> = {
  'other-file': 'chatOtherFile',
  'not-saved': 'chatNotSaved',
  'no-folders': 'chatNoFolders',
};

export function ChatPanel({ model, actions }: Chat) {
  const [replyTo, setReplyTo] = useState<ShownMessage | undefined>(undefined);
  const notice = model.notice.value;
  const isGroup = model.names.value.size > 1;
  return (
    <aside
      id={chatPanelId}
      class="side-panel"
      aria-labelledby="chat-title"
      onKeyDown={(event) => {
        const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
        if (event.key !== 'Escape' || event.isComposing || isInDialog) return;
        if (replyTo) setReplyTo(undefined);
        else actions.open(false);
      }}
    >
      <header class="side-header">
        <h2 id="chat-title">{text('chatTitle')}</h2>
        <IconButton
          icon={Save}
          label={text('chatSaveChat')}
          disabled={model.entries.value.length === 0}
          onClick={() => actions.saveChat()}
        />
        <IconButton icon={X} label={text('chatClose')} onClick={() => actions.open(false)} />
      </header>
      <ChatList model={model} onReply={setReplyTo} />
      {model.room.value !== undefined && <p class="hint chat-privacy">{text('meetingChat', model.room.value)}</p>}
      {isGroup && (
        <label class="chat-past">
          <input
            type="checkbox"
            checked={model.sharesPast.value}
            onChange={({ currentTarget }) => actions.sharePast(currentTarget.checked)}
          />
          <span>{text('chatSharePast')}</span>
        </label>
      )}
      {!model.isUp.value && <p class="chat-away">{text('chatAway')}</p>}
      {notice && (
        <p class="chat-notice" role="alert">
          {text(noticeTexts[notice.kind], notice.name)}
          <IconButton icon={X} label={text('callDismiss')} size={16} onClick={() => actions.notify(undefined)} />
        </p>
      )}
      <ChatComposer model={model} actions={actions} replyTo={replyTo} onReplyDone={() => setReplyTo(undefined)} />
    </aside>
  );
}
