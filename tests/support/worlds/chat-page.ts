// The chat of a page in tests of words: nobody sends files.
import { type ChatModel, emptyChatModel } from '../../../src/call/chat/chat-model.ts';
import { ChatSession } from '../../../src/call/chat/chat-session.ts';
import type { Clock } from '../../../src/core/base/ports.ts';
import type { ReceivingParts } from '../../../src/link/transfer/receiving-files.ts';
import { messagesUnderWay } from '../doubles/fake-channels.ts';
import { RememberedOffers } from '../doubles/remembered-offers.ts';

export interface ChatPage {
  readonly model: ChatModel;
  readonly chat: ChatSession;
}

/** Simulated time waits for what it loads. */
export function chatPage(clock: Clock): ChatPage {
  const model = emptyChatModel();
  const disk = { left: async () => [] } as unknown as ReceivingParts['disk'];
  const chat = new ChatSession({
    model,
    openDisk: async () => disk,
    clock,
    isContact: async () => true,
    offered: new RememberedOffers(),
    fault: () => undefined,
  });
  messagesUnderWay.count += 1;
  void chat.load().finally(() => {
    messagesUnderWay.count -= 1;
  });
  return { model, chat };
}
