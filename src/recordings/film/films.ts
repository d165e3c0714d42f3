// The films that this page makes, one after the other, and never while a call of this browser is up: making one takes all that the computer has.
import { effect, type Signal, signal } from '@preact/signals';
import type { FilmAnswer, FilmFailure, FilmOrder, FilmRequest } from './film-worker.ts';

export type FilmState =
  /** Its turn has not come, or a call is up. */
  | { readonly state: 'waiting' }
  | { readonly state: 'making'; readonly share: number }
  | { readonly state: 'failed'; readonly why: FilmFailure };

/** What a worker is to the page. */
export interface FilmWorker {
  send(order: FilmOrder): void;
  /** @param onAnswer undefined: it broke. */
  listen(onAnswer: (answer: FilmAnswer | undefined) => void): void;
  end(): void;
}

export interface FilmsParts {
  readonly isInCall: Signal<boolean>;
  readonly startWorker: () => FilmWorker;
}

interface Wanted {
  readonly id: string;
  readonly prepare: () => Promise<FilmRequest | undefined>;
  readonly resolve: (file: string | undefined) => void;
  isCancelled: boolean;
}

export class Films {
  /** By recording. */
  readonly states: Signal<ReadonlyMap<string, FilmState>> = signal(new Map());
  readonly isInCall: Signal<boolean>;
  readonly #startWorker: () => FilmWorker;
  readonly #waiting: Wanted[] = [];
  #now: { readonly wanted: Wanted; worker: FilmWorker | undefined } | undefined;

  constructor({ isInCall, startWorker }: FilmsParts) {
    this.isInCall = isInCall;
    this.#startWorker = startWorker;
    effect(() => {
      const order = isInCall.value ? 'wait' : 'go-on';
      this.#now?.worker?.send({ order });
      this.#next();
    });
  }

  /**
   * Makes a film as soon as it can.
   * @param prepare what is to be made, asked for when its turn has come; undefined where there is nothing.
   * @returns the name of its file; undefined where there is none in the end.
   */
  make(id: string, prepare: Wanted['prepare']): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push({ id, prepare, resolve, isCancelled: false });
      this.#show(id, { state: 'waiting' });
      this.#next();
    });
  }

  cancel(id: string): void {
    const at = this.#waiting.findIndex((one) => one.id === id);
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (waiting) this.#settle(waiting, undefined, undefined);
    else if (this.#now?.wanted.id === id) {
      this.#now.wanted.isCancelled = true;
      this.#now.worker?.send({ order: 'cancel' });
    }
  }

  /** One is made or waits: the page had better stay. */
  get isBusy(): boolean {
    return this.#now !== undefined || this.#waiting.length > 0;
  }

  #next(): void {
    if (this.#now || this.isInCall.peek()) return;
    const wanted = this.#waiting.shift();
    if (!wanted) return;
    this.#now = { wanted, worker: undefined };
    this.#show(wanted.id, { state: 'making', share: 0 });
    void this.#run(wanted);
  }

  async #run(wanted: Wanted): Promise<void> {
    const request = await wanted.prepare().catch(() => undefined);
    if (wanted.isCancelled || !request) {
      this.#over(wanted, undefined, wanted.isCancelled ? undefined : 'nothing-in');
      return;
    }
    const worker = this.#startWorker();
    this.#now = { wanted, worker };
    worker.listen((answer) => {
      if (answer === undefined) this.#over(wanted, undefined, 'failed');
      else if ('share' in answer) this.#show(wanted.id, { state: 'making', share: answer.share });
      else if ('made' in answer) this.#over(wanted, answer.made, undefined);
      else this.#over(wanted, undefined, 'failed' in answer ? answer.failed : undefined);
    });
    worker.send({ order: 'make', request });
    if (this.isInCall.peek()) worker.send({ order: 'wait' });
  }

  #over(wanted: Wanted, file: string | undefined, why: FilmFailure | undefined): void {
    if (this.#now?.wanted !== wanted) return;
    this.#now.worker?.end();
    this.#now = undefined;
    this.#settle(wanted, file, why);
    this.#next();
  }

  #settle({ id, resolve }: Wanted, file: string | undefined, why: FilmFailure | undefined): void {
    this.#show(id, why === undefined ? undefined : { state: 'failed', why });
    resolve(file);
  }

  #show(id: string, state: FilmState | undefined): void {
    const states = new Map(this.states.peek());
    if (state) states.set(id, state);
    else states.delete(id);
    this.states.value = states;
  }
}

/** A worker of this page. */
export function startFilmWorker(): FilmWorker {
  const worker = new Worker(new URL('./film-worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (order) => worker.postMessage(order),
    listen: (onAnswer) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FilmAnswer>) => onAnswer(data));
      worker.addEventListener('error', () => onAnswer(undefined));
    },
    end: () => worker.terminate(),
  };
}
