// Finds out which dialect the server at an address speaks, harmlessly: text before binary, nothing that identifies anybody.
// Knows dialects only through their table entries.
import type { RelayDialect } from '../../core/base/ports.ts';
import { dialects } from './dialect-table.ts';
import { openRelaySocket } from './relay-socket.ts';
import type { Dialect, Frame, RelayDeps, RelayDescription, RelaySocket, SocketEvents } from './relay-transport.ts';
import type { RelayAddress } from './relay-url.ts';

/** A dialect, or why none was found. 'not-a-relay': something answers there, but not as a relay. */
export type Detection =
  | { readonly dialect: RelayDialect; readonly description?: RelayDescription }
  | { readonly failed: 'unreachable' | 'not-a-relay' };

/** How long the answer to the last question may take. */
const answerMs = 3_000;
/** How long the first question stands alone: most relays answer it, and need no second question and no second socket. */
const politeMs = 1_000;
/** Only the last frames are looked at, none that is longer than any answer to a greeting, and no more than a lot of them. */
const heldFrames = 16;
const maxAnswerLength = 4096;
const maxFrames = 500;

/** What a server taught: 'strange' spoke, but no dialect of ours; 'silent' opened and said nothing or closed. */
type Lesson = { readonly recognised: Dialect } | 'strange' | 'silent' | 'unopened';

/**
 * Asks one server in the words of several dialects over one socket, and listens on a second one that it opens when the first
 * question stays without an answer: a broadcast server shows there.
 */
class Questioning {
  readonly #url: string;
  readonly #deps: RelayDeps;
  readonly #candidates: readonly Dialect[];
  readonly #subprotocols: readonly string[];
  readonly #heard = { asked: [] as Frame[], answers: [] as Frame[], overheard: [] as Frame[] };
  readonly #timers: (() => void)[] = [];
  readonly #sockets: RelaySocket[] = [];
  #frames = 0;
  #soFar: 'strange' | 'silent' | 'unopened' = 'unopened';
  #tell: (lesson: Lesson) => void = () => undefined;
  #tellOpened: (isOpen: boolean) => void = () => undefined;
  /** Whether the server speaks WebSocket at all. */
  readonly opened = new Promise<boolean>((resolve) => {
    this.#tellOpened = resolve;
  });

  /** @param candidates at least one; they share their subprotocols. */
  constructor(url: string, candidates: readonly Dialect[], deps: RelayDeps) {
    this.#url = url;
    this.#deps = deps;
    this.#candidates = candidates;
    this.#subprotocols = candidates[0]?.subprotocols ?? [];
  }

  /** To be called once. */
  run(): Promise<Lesson> {
    return new Promise((resolve) => {
      this.#tell = resolve;
      const [first, ...others] = this.#candidates;
      const main = this.#open({
        onOpen: () => {
          this.#soFar = 'silent';
          this.#tellOpened(true);
          if (first) this.#ask(main, first);
          if (others.length === 0) this.#after(answerMs, () => this.#finish(this.#soFar));
          else this.#after(politeMs, () => this.#askAll(main, others));
        },
        onFrame: (frame) => {
          this.#soFar = 'strange';
          this.#hear(this.#heard.answers, frame);
        },
        onEnd: () => this.#finish(this.#soFar),
      });
    });
  }

  #open(events: SocketEvents): RelaySocket {
    const socket = openRelaySocket(this.#deps, this.#url, this.#subprotocols, events);
    this.#sockets.push(socket);
    return socket;
  }

  /** The other questions, once a second socket hears what a broadcast server makes of them, or there is none. */
  #askAll(main: RelaySocket, others: readonly Dialect[]): void {
    let isAsked = false;
    const ask = (): void => {
      if (isAsked) return;
      isAsked = true;
      for (const dialect of others) this.#ask(main, dialect);
      this.#after(answerMs, () => this.#finish(this.#soFar));
    };
    this.#open({ onOpen: ask, onFrame: (frame) => this.#hear(this.#heard.overheard, frame), onEnd: ask });
  }

  #ask(socket: RelaySocket, dialect: Dialect): void {
    for (const frame of dialect.greeting((length) => this.#deps.randomBytes(length))) {
      this.#heard.asked.push(frame);
      socket.send(frame);
    }
  }

  #hear(frames: Frame[], frame: Frame): void {
    if (++this.#frames > maxFrames) this.#finish(this.#soFar);
    if (frame.length > maxAnswerLength) return;
    frames.push(frame);
    if (frames.length > heldFrames) frames.shift();
    const recognised = this.#candidates.find((dialect) => dialect.recognises(this.#heard));
    if (recognised) this.#finish({ recognised });
  }

  #after(ms: number, run: () => void): void {
    this.#timers.push(this.#deps.clock.after(ms, run));
  }

  #finish(lesson: Lesson): void {
    for (const cancel of this.#timers) cancel();
    for (const socket of this.#sockets) socket.close();
    this.#tellOpened(false);
    this.#tell(lesson);
  }
}

/** The dialects in the order of asking, those that can be asked over one socket together. */
function rounds(url: URL): Dialect[][] {
  const all = Object.values(dialects);
  const text = all.filter(({ greetsWith }) => greetsWith === 'text');
  const binary = all.filter(({ greetsWith }) => greetsWith === 'binary');
  const likely = binary.filter((dialect) => dialect.livesAt(url));
  const unlikely = binary.filter((dialect) => !dialect.livesAt(url));
  return [...likely.map((dialect) => [dialect]), text, ...unlikely.map((dialect) => [dialect])];
}

/**
 * Detects the dialect: prefix, then cache, then by asking (text first; binary last, or first where the address says so).
 * A server that opens and says nothing costs 7 s, one that does not even refuse 20 s. Never throws.
 * @param options.ignoreCache asks again, because the remembered answer no longer works.
 */
export async function detectDialect(
  address: RelayAddress,
  deps: RelayDeps,
  options: { readonly ignoreCache?: boolean } = {},
): Promise<Detection> {
  if (address.dialect) return { dialect: address.dialect };
  const known = options.ignoreCache ? undefined : await deps.dialectCache.get(address.url);
  if (known && Object.hasOwn(dialects, known)) return { dialect: known };

  let somethingAnswered = false;
  let speaksText = false;
  for (const candidates of rounds(new URL(address.url))) {
    if (speaksText && candidates[0]?.greetsWith === 'binary') continue;
    const describer = candidates.find((dialect) => dialect.describe);
    const questioning = new Questioning(address.url, candidates, deps);
    const mayAsk = deps.asksWeb === 'after-opening' ? questioning.opened : true;
    const describe = async () => ((await mayAsk) && describer?.describe?.(address.url, deps)) || { answered: false };
    const [told, lesson] = await Promise.all([describe(), questioning.run()]);
    const description = 'description' in told ? told.description : undefined;
    // A description alone is not enough: a relay behind a broken WebSocket is not reachable.
    if (description && lesson === 'unopened') return { failed: 'unreachable' };
    const found = typeof lesson === 'object' ? lesson.recognised : description && describer;
    if (found) {
      deps.dialectCache.set(address.url, found.name);
      return { dialect: found.name, ...(description ? { description } : {}) };
    }
    speaksText ||= lesson === 'strange' && candidates[0]?.greetsWith === 'text';
    somethingAnswered ||= told.answered || lesson !== 'unopened';
  }
  return { failed: somethingAnswered ? 'not-a-relay' : 'unreachable' };
}
