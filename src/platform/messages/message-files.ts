// The bytes of messages that were left, in the origin's private file system beside the notes of what is being received: sealed, but for what is
// recorded just now and was not sent yet. Which of them are wanted the message store knows.
import { hasBytes, type LeftMessage } from '../../core/messages/left-message.ts';
import { receivedBytes, receivedFolder, removeReceived, writeReceived } from '../store/received-files.ts';

const place = 'messages';
const draftName = (m: string): string => `${m}.draft`;
const readyName = (m: string): string => `${m}.ready`;

/** What is being recorded, as it comes. */
export async function draftHandle(m: string): Promise<FileSystemFileHandle> {
  return handle(draftName(m));
}

/** The same written anew, whole: to be watched and sent. */
export async function readyHandle(m: string): Promise<FileSystemFileHandle> {
  return handle(readyName(m));
}

async function handle(name: string): Promise<FileSystemFileHandle> {
  const folder = await receivedFolder(place, true);
  if (!folder) throw new Error('no folder for messages');
  return folder.getFileHandle(name, { create: true });
}

/** The sealed bytes, as far as they are here. */
export function sealedFile(m: string): Promise<File> {
  return receivedBytes(m, place);
}

/** All of them or none. */
export function writeSealed(m: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  return writeReceived(m, bytes, place);
}

/** What was recorded and not sent. */
export async function removeDraft(m: string): Promise<void> {
  const folder = await receivedFolder(place, false);
  for (const name of [draftName(m), readyName(m)]) await folder?.removeEntry(name).catch(() => undefined);
}

/** Everything of one message. */
export async function removeMessage(m: string): Promise<void> {
  await removeDraft(m);
  await removeReceived(m, place);
}

/** Removes the files of messages that are known no longer, or are not wanted here any more. One that is being written is locked, and stays. */
export async function sweepFiles(known: readonly LeftMessage[]): Promise<void> {
  const folder = await receivedFolder(place, false);
  if (!folder) return;
  const [wanted, drafts] = [new Set<string>(), new Set<string>()];
  for (const message of known) {
    if (message.state === 'draft') drafts.add(message.m);
    // A draft is being sealed, perhaps.
    if (message.state === 'draft' || hasBytes(message)) wanted.add(message.m);
  }
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  for (const name of names) {
    const [m = '', kind] = name.split('.');
    const isWanted = kind === 'draft' || kind === 'ready' ? drafts.has(m) : wanted.has(m);
    if (!isWanted) await folder.removeEntry(name).catch(() => undefined);
  }
}
