// People who come to us by way of others: which stream carries whom, as those who forward say, and into which seat it goes. Believes
// nobody but whom the roster makes the bridge.
import { keepLatest } from '../../core/base/keep-latest.ts';
import type { Forward } from '../../core/group/mesh-message.ts';
import { maxPeople } from '../../core/group/roster.ts';
import type { Seat } from './seat.ts';

interface Source {
  /** By id. */
  readonly streams: Map<string, MediaStream>;
  /** By the person whom they are about. */
  readonly words: Map<string, Forward>;
}

/** Streams of one person that are kept: several connections may follow one another. */
const maxStreams = 32;

export class ForwardedPeople {
  readonly #sources = new Map<string, Source>();

  came(from: string, stream: MediaStream): void {
    const { streams } = this.#source(from);
    streams.set(stream.id, stream);
    keepLatest(streams, maxStreams);
  }

  heard(from: string, word: Forward): void {
    const { words } = this.#source(from);
    words.delete(word.of);
    words.set(word.of, word);
    keepLatest(words, maxPeople);
  }

  /** Nothing of this person's connections or words counts any more. */
  forget(from: string): void {
    this.#sources.delete(from);
  }

  /** @param forwarder who forwards this person to us, if anybody does. */
  show(seat: Seat, forwarder: Seat | undefined): void {
    const source = forwarder && this.#sources.get(forwarder.id);
    const word = source?.words.get(seat.id);
    const stream = word && source?.streams.get(word.stream);
    if (!forwarder || !word || !stream) {
      if (seat.forwarded) seat.forwarded = undefined;
      return;
    }
    const { microphone, camera, speaking } = word;
    const screen = word.screen === undefined ? undefined : source?.streams.get(word.screen);
    const by = forwarder.call.contact.name;
    const { forwarded: known } = seat;
    const now = { by, stream, screen, microphone, camera, speaking };
    if (known && Object.entries(now).every(([key, value]) => known[key as keyof typeof now] === value)) return;
    seat.forwarded = now;
  }

  #source(from: string): Source {
    const source = this.#sources.get(from) ?? { streams: new Map(), words: new Map() };
    this.#sources.set(from, source);
    return source;
  }
}
