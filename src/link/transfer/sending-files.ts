// The files that go to one participant: runs the machine of each and lets the channel send what it asks for.
import { toBase64url } from '../../core/base/bytes.ts';
import { cleanFileName } from '../../core/base/file-name.ts';
import { type FileFacts, type FileWord, type FileWordOf, factsOf } from '../../core/transfer/file-message.ts';
import {
  confirmedOf,
  type Outgoing,
  type OutgoingEffect,
  type OutgoingEvent,
  offerFile,
  stepOutgoing,
} from '../../core/transfer/outgoing-file.ts';
import type { OfferedFiles } from '../../platform/store/offered-files.ts';
import type { FileChannel } from './file-channel.ts';
import { FileSource } from './file-source.ts';
import type { FileView } from './file-state.ts';
import { viewOfOutgoing } from './file-view.ts';

/** Requests for the rest of a file of an earlier call; more are not heard. */
const maxWanted = 32;

export interface SendingParts {
  readonly participant: string;
  readonly channel: Pick<FileChannel, 'say' | 'send' | 'stop' | 'confirm'>;
  readonly onChange: (view: FileView) => void;
  /** What was offered to whom in calls of the last day. */
  readonly offered: Pick<OfferedFiles, 'remember' | 'knows'>;
}

interface Sending {
  file: Outgoing;
  readonly source: FileSource;
}

export class SendingFiles {
  readonly #parts: SendingParts;
  readonly #files = new Map<string, Sending>();
  /** Files of earlier calls that the participant asks for, by their id. */
  readonly #wanted = new Map<string, FileWordOf<'wanted'>>();
  #isLinked = false;
  /** Requests whose truth is being looked up. */
  #asking = 0;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  linked(): void {
    this.#isLinked = true;
    for (const id of this.#files.keys()) this.tell(id, { event: 'linked' });
  }

  unlinked(): void {
    this.#isLinked = false;
    for (const id of this.#files.keys()) this.tell(id, { event: 'unlinked' });
  }

  /** Whether a word about this file is for us. */
  knows(id: string): boolean {
    return this.#files.has(id) || this.#wanted.has(id);
  }

  /** @returns the id of the transfer. */
  offer(file: File, picture: boolean): string {
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const facts = {
      id,
      name: cleanFileName(file.name),
      size: file.size,
      type: /^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/.test(file.type) ? file.type : '',
      modified: Math.max(0, file.lastModified),
    };
    this.#begin(facts, file, picture);
    return id;
  }

  /** The person has found the file of which the participant wants the rest. False: it cannot be that one. */
  continueWith(id: string, file: File): boolean {
    const wanted = this.#wanted.get(id);
    if (!wanted || wanted.size !== file.size) return false;
    this.#wanted.delete(id);
    this.#begin({ ...factsOf(wanted), name: cleanFileName(wanted.name) }, file, false);
    return true;
  }

  hear(word: FileWord): void {
    if (this.#files.has(word.id)) this.tell(word.id, { event: 'heard', word });
    else if (word.t === 'wanted') void this.#isWanted(word);
    else if (word.t === 'cancel' && this.#wanted.has(word.id)) this.#unwanted(word.id, 'stopped-by-them');
  }

  tell(id: string, event: OutgoingEvent): void {
    const sending = this.#files.get(id);
    if (!sending) {
      if (event.event === 'cancel' && this.#wanted.has(id)) {
        this.#parts.channel.say({ t: 'cancel', id, why: 'stopped' });
        this.#unwanted(id, 'stopped-by-us');
      }
      return;
    }
    const { file, effects } = stepOutgoing(sending.file, event);
    const hasMore = confirmedOf(file) !== confirmedOf(sending.file);
    sending.file = file;
    this.#acted(id, sending, effects);
    if (hasMore) this.#parts.channel.confirm(id, confirmedOf(file));
  }

  /** The channel took bytes of this file. */
  sent(id: string, length: number): void {
    this.tell(id, { event: 'sent', length });
  }

  #begin(facts: FileFacts, file: File, picture: boolean): void {
    const source = new FileSource(file, () => this.tell(facts.id, { event: 'source-failed' }));
    const { file: outgoing, effects } = offerFile(facts, picture, this.#isLinked);
    const sending = { file: outgoing, source };
    this.#files.set(facts.id, sending);
    const { offered, participant } = this.#parts;
    if (!picture) offered.remember(participant, facts).catch(() => undefined);
    this.#acted(facts.id, sending, effects);
  }

  #acted(id: string, sending: Sending, effects: readonly OutgoingEffect[]): void {
    for (const effect of effects) this.#act(id, sending, effect);
    this.#parts.onChange(viewOfOutgoing(sending.file, this.#parts.participant));
  }

  #act(id: string, { source, file }: Sending, effect: OutgoingEffect): void {
    const { channel } = this.#parts;
    switch (effect.effect) {
      case 'say':
        channel.say(effect.word);
        return;
      case 'send':
        channel.send(id, source, file.facts.size, effect.from);
        return;
      case 'stop':
        channel.stop(id);
        return;
      case 'compare':
        this.#then(id, source.hashUpTo(effect.from), (hash) => ({ event: 'compared', same: hash === effect.head }));
        return;
      case 'hash':
        this.#then(id, source.hashUpTo(file.facts.size), (hash) => ({ event: 'hashed', hash }));
        return;
    }
  }

  #then(id: string, hash: Promise<string>, event: (hash: string) => OutgoingEvent): void {
    hash.then(
      (value) => this.tell(id, event(value)),
      () => this.tell(id, { event: 'source-failed' }),
    );
  }

  /** What this browser says in its own voice has to be true: it was offered from here. Of anything else nothing is heard. */
  async #isWanted(word: FileWordOf<'wanted'>): Promise<void> {
    const { offered, participant } = this.#parts;
    if (this.#asking >= maxWanted || this.#wanted.size >= maxWanted) return;
    this.#asking += 1;
    const isTrue = await offered
      .knows(participant, { ...factsOf(word), name: cleanFileName(word.name) })
      .catch(() => false);
    this.#asking -= 1;
    if (!isTrue || this.#files.has(word.id) || this.#wanted.size >= maxWanted) return;
    this.#wanted.set(word.id, word);
    this.#showWanted(word, 'wanted');
  }

  #unwanted(id: string, how: 'stopped-by-us' | 'stopped-by-them'): void {
    const word = this.#wanted.get(id);
    this.#wanted.delete(id);
    if (word) this.#showWanted(word, how);
  }

  #showWanted(word: FileWordOf<'wanted'>, state: FileView['state']): void {
    this.#parts.onChange({
      facts: { ...factsOf(word), name: cleanFileName(word.name) },
      participant: this.#parts.participant,
      direction: 'out',
      picture: false,
      state,
      done: Math.min(word.at, word.size),
    });
  }
}
