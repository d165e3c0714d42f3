// The conversation as it is shown: messages and files in their places. A message that has not changed stays the same object, so that views
// know what not to paint again.
import type { ChatMessage, Conversation } from '../../core/transfer/chat.ts';
import type { ChatEntry, ShownMessage } from './chat-model.ts';

type FileEntry = Extract<ChatEntry, { kind: 'file' }>;

export class ShownEntries {
  readonly #now: () => number;
  /** By author and id: two people may use one id. */
  readonly #messages = new Map<string, ShownMessage>();
  readonly #files: { readonly entry: FileEntry; readonly after: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A file stands after the message with this number. */
  placeFile(id: string, author: string, after: number): void {
    this.#files.push({ entry: { kind: 'file', id, author, at: this.#now() }, after });
  }

  /** @param isMissing whether somebody does not have this own message yet. */
  of(conversation: Conversation, isMissing: (id: string) => boolean): readonly ChatEntry[] {
    const entries: ChatEntry[] = [];
    let placed = 0;
    const placeFiles = (before: number) => {
      for (let file = this.#files[placed]; file && file.after < before; file = this.#files[++placed])
        entries.push(file.entry);
    };
    const before = new Map(this.#messages);
    this.#messages.clear();
    for (const message of conversation) {
      placeFiles(message.n);
      const key = `${message.author} ${message.id}`;
      const shown = this.#shown(before.get(key), message, isMissing);
      this.#messages.set(key, shown);
      entries.push(shown);
    }
    placeFiles(Number.POSITIVE_INFINITY);
    return entries;
  }

  #shown(
    before: ShownMessage | undefined,
    { id, author, text, re }: ChatMessage,
    isMissing: (id: string) => boolean,
  ): ShownMessage {
    const arrived = author !== '' || !isMissing(id);
    if (before?.arrived === arrived) return before;
    return { kind: 'message', id, author, at: before?.at ?? this.#now(), text, re, arrived };
  }
}
