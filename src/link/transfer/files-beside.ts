// What else goes over the channels of files with one participant, beside the files of the chat: whose a word is, its id tells.
import type { FileFrame, FileWord } from '../../core/transfer/file-message.ts';
import type { FileChannel } from './file-channel.ts';

/** The part of the channels that sends. */
export type FilesOut = Pick<FileChannel, 'say' | 'send' | 'stop' | 'confirm'>;

export interface FilesBeside {
  /** Whether words and bytes of this file are for it. */
  knows(id: string): boolean;
  hear(word: FileWord): void;
  take(frame: FileFrame): void;
  /** The channel took bytes of this file. */
  sent(id: string, length: number): void;
  linked(): void;
  unlinked(): void;
}
