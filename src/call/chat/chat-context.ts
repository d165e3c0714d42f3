// The chat of this page for whichever view needs it, so that views in between need not pass it on.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChatActions, ChatModel } from './chat-model.ts';

export interface Chat {
  readonly model: ChatModel;
  readonly actions: ChatActions;
}

/** Undefined on pages that have no call. */
export const ChatContext = createContext<Chat | undefined>(undefined);

export function useChat(): Chat | undefined {
  return useContext(ChatContext);
}
