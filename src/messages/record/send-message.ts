// Sends what was recorded: seals it, keeps it until the next call with the contact, and has them told.

import type { CallMedia } from '../../core/identity/contact.ts';
import { announcedOf, hasRoomFor, mayWait, type SentMessage } from '../../core/messages/left-message.ts';
import { sealMessage } from '../../link/messages/sealed-message.ts';
import { request } from '../../platform/extension/messenger.ts';
import { removeDraft, removeMessage, writeSealed } from '../../platform/messages/message-files.ts';
import type { MessageStore } from '../../platform/messages/message-store.ts';
import type { FinishedTake } from './finished-take.ts';

export type SendOutcome = 'sent' | 'too-many' | 'no-room' | 'gone';

export interface SendParts {
  readonly store: MessageStore;
  readonly ownId: string;
  readonly media: CallMedia;
  readonly now: number;
}

export async function sendMessage(
  { m, contactId, callId, at }: SentMessage,
  { file, seconds }: FinishedTake,
  { store, ownId, media, now }: SendParts,
): Promise<SendOutcome> {
  const all = await store.all();
  if (!mayWait(all, contactId)) return 'too-many';
  const { bytes, ...sealed } = await sealMessage(file, m, ownId, contactId);
  if (!hasRoomFor(all, { m, contactId, size: sealed.size })) return 'no-room';
  await writeSealed(m, bytes);
  const waiting = await store.change(m, { event: 'sealed', sealed: { ...sealed, seconds } }, now);
  if (!waiting) {
    // Thrown away in another page, or sent there.
    if ((await store.get(m))?.state !== 'waiting') await removeMessage(m);
    return 'gone';
  }
  await removeDraft(m);
  // Without it they are told in the next call.
  await request('leaveNote', { callId, contactId, media, at, msg: announcedOf(waiting) }).catch(() => undefined);
  return 'sent';
}
