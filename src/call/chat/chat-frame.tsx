// The call with its chat beside it: the panel, loaded when it is first needed, what is dropped and pasted, and a word over the call when
// something comes while the chat is closed.
import { FileDown } from 'lucide-preact';
import type { ComponentChildren, FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { ChatAnnouncer } from './chat-announcer.tsx';
import type { Chat } from './chat-context.ts';
import type { ChatModel } from './chat-model.ts';
import { useChatKey, useDrop, usePaste } from './use-chat-input.ts';

const shownMs = 8_000;

interface Props {
  readonly chat: Chat;
  readonly children: ComponentChildren;
}

export function ChatFrame({ chat, children }: Props) {
  const { model, actions } = chat;
  const isOpen = model.isOpen.value;
  const [Panel, setPanel] = useState<FunctionComponent<Chat> | undefined>(undefined);
  const [isMissing, setMissing] = useState(false);
  const wasOpen = useRef(false);
  useChatKey(chat);
  usePaste(chat);
  const isDropping = useDrop(chat);
  useEffect(() => {
    if (isOpen && !Panel)
      import('./chat-panel.tsx').then(
        ({ ChatPanel }) => setPanel(() => ChatPanel),
        () => setMissing(true),
      );
    // The focus goes back to where it came from.
    if (!isOpen && wasOpen.current && isFocusLost()) document.getElementById('chat-button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, Panel]);
  return (
    <div class={`side-frame chat-frame${isOpen && Panel ? ' open' : ''}`}>
      {children}
      {isOpen && Panel && <Panel model={model} actions={actions} />}
      {isOpen && !Panel && isMissing && (
        <p class="chat-missing" role="alert">
          {text('chatNotLoaded')}
        </p>
      )}
      {!isOpen && <Newest model={model} onOpen={() => actions.open(true)} />}
      {isDropping && (
        <div class="chat-drop">
          <p>
            <FileDown aria-hidden="true" size={40} />
            {text('chatDrop', [...model.names.value.values()].join(', '))}
          </p>
        </div>
      )}
      <ChatAnnouncer model={model} />
    </div>
  );
}

/** It was in the panel, which is gone. */
function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** What came last, over the call for a moment. */
function Newest({ model, onOpen }: { readonly model: ChatModel; readonly onOpen: () => void }) {
  const newest = model.newest.value;
  useEffect(() => {
    if (!newest) return;
    const timer = setTimeout(() => {
      model.newest.value = undefined;
    }, shownMs);
    return () => clearTimeout(timer);
  }, [newest, model]);
  if (!newest) return null;
  const file = model.files.value.get(newest.id)?.value;
  const what = newest.kind === 'message' ? newest.text.slice(0, 200) : (file?.facts.name ?? '');
  return (
    <button type="button" class="chat-newest" onClick={onOpen}>
      <span class="chat-newest-name" dir="auto">
        {model.names.value.get(newest.author || (file?.participant ?? ''))}
      </span>
      <span class="chat-newest-text" dir="auto">
        {what}
      </span>
    </button>
  );
}
