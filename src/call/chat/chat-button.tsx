// The button that opens the chat, with the number of what nobody has read.
import { MessageSquare } from 'lucide-preact';
import { plural, text } from '../../ui/texts/text.ts';
import { useChat } from './chat-context.ts';

/** The chat's own id on the page: only one is open. */
export const chatPanelId = 'chat-panel';

export function ChatButton() {
  const chat = useChat();
  if (!chat) return null;
  const { model, actions } = chat;
  const isOpen = model.isOpen.value;
  const unread = model.unread.value;
  return (
    <button
      type="button"
      id="chat-button"
      class={`round-button chat-button${isOpen ? ' quiet' : ''}`}
      aria-label={text('chatTitle')}
      aria-expanded={isOpen}
      aria-controls={isOpen ? chatPanelId : undefined}
      aria-description={unread > 0 ? plural('chatUnread', unread) : undefined}
      title={text('callWithKey', text('chatTitle'), 'C')}
      onClick={() => actions.open(!isOpen)}
    >
      <MessageSquare aria-hidden="true" />
      {unread > 0 && (
        <span class="chat-unread" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </button>
  );
}
