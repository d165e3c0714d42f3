// What the chat of a call page shows and what a person can do there. The chat session writes these signals; views only read them and call
// the actions. Several participants fit: every message and file names its own.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { FileView } from '../../link/transfer/file-state.ts';

/** A message as it is shown. `author` is a participant, '' for the person here; `at` is when it was said or came, by our clock. */
export interface ShownMessage {
  readonly kind: 'message';
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly text: string;
  /** The message that it replies to. */
  readonly re?: string | undefined;
  /** False while a participant may not have it yet. */
  readonly arrived: boolean;
}

/** The place of a file in the conversation; what became of it is in `files`. */
interface ShownFile {
  readonly kind: 'file';
  readonly id: string;
  readonly author: string;
  readonly at: number;
}

export type ChatEntry = ShownMessage | ShownFile;

/** A transfer with what only the page knows of it. */
export interface ShownFileState extends FileView {
  /** Bytes per second of the last seconds, while it moves. */
  readonly speed: number;
  /** An address for pictures that are shown. */
  readonly pictureUrl: string | undefined;
  /** Why a picture that is there is not shown; what is only one too many is shown after a click. */
  readonly notShown: 'too-large' | 'unreadable' | 'too-many' | undefined;
  /** Where it lies no longer matters: a copy is where the person wanted it. */
  readonly saved: boolean;
}

/** Something to tell people: `name` is that of a file. */
export interface ChatNotice {
  readonly kind: 'other-file' | 'not-saved' | 'no-folders';
  readonly name: string;
}

export interface ChatModel {
  readonly isOpen: Signal<boolean>;
  readonly entries: Signal<readonly ChatEntry[]>;
  readonly files: Signal<ReadonlyMap<string, ReadonlySignal<ShownFileState>>>;
  /** Entries of others that came while the chat was closed. */
  readonly unread: Signal<number>;
  /** The newest of them, to be shown over the call for a moment. */
  readonly newest: Signal<ChatEntry | undefined>;
  /** Whether words get through to everybody right now. */
  readonly isUp: Signal<boolean>;
  readonly notice: Signal<ChatNotice | undefined>;
  /** Names by participant. */
  readonly names: Signal<ReadonlyMap<string, string>>;
  /** Pictures that were pasted and wait to be sent. */
  readonly pasted: Signal<readonly File[]>;
  /** What is being written; it stays when the chat is closed. */
  readonly draft: Signal<string>;
  /** The room that the call is a meeting of: what is to stay belongs there. */
  readonly room: Signal<string | undefined>;
  /** People who come later may read what was written here before. Everybody decides for their own words. */
  readonly sharesPast: Signal<boolean>;
}

export interface ChatActions {
  open(isOpen: boolean): void;
  say(text: string, re: string | undefined): void;
  sendFiles(files: readonly File[]): void;
  /** Pictures go into the conversation, shown on both sides. */
  sendPictures(pictures: readonly File[]): void;
  paste(pictures: readonly File[]): void;
  acceptFile(id: string): void;
  declineFile(id: string): void;
  /** Shows a picture that was one too many to be shown by itself. */
  showPicture(id: string): void;
  pauseFile(id: string): void;
  resumeFile(id: string): void;
  stopFile(id: string): void;
  /** The rest of a file of an earlier call, from the file that the person has chosen again. */
  continueFile(id: string, file: File): void;
  saveFile(id: string): void;
  saveChat(): void;
  notify(notice: ChatNotice | undefined): void;
  sharePast(isShared: boolean): void;
}

/** A chat in which nothing was said yet. */
export function emptyChatModel(): ChatModel {
  return {
    isOpen: signal(false),
    entries: signal<readonly ChatEntry[]>([]),
    files: signal<ReadonlyMap<string, ReadonlySignal<ShownFileState>>>(new Map()),
    unread: signal(0),
    newest: signal<ChatEntry | undefined>(undefined),
    isUp: signal(false),
    notice: signal<ChatNotice | undefined>(undefined),
    names: signal<ReadonlyMap<string, string>>(new Map()),
    pasted: signal<readonly File[]>([]),
    draft: signal(''),
    room: signal<string | undefined>(undefined),
    sharesPast: signal(false),
  };
}
