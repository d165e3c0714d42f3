// What the two windows say to each other beside the call: who the second one is, and what has arrived. Over a channel whose name only they know.
import { type Signal, signal } from '@preact/signals';
import type { Clock } from '../core/base/ports.ts';
import type { WindowChannel } from './channel-pool.ts';
import type { TrialHandover } from './trial-people.ts';

/** What can be tried in a trial call. */
export const trialParts = ['camera', 'microphone', 'screen', 'chat', 'file'] as const;
export type TrialPart = (typeof trialParts)[number];

type Word =
  | { readonly t: 'who' }
  | { readonly t: 'you'; readonly handover: TrialHandover }
  | { readonly t: 'arrived'; readonly part: TrialPart };

const kinds: ReadonlySet<unknown> = new Set<Word['t']>(['who', 'you', 'arrived']);
const isWord = (word: unknown): word is Word =>
  typeof word === 'object' && word !== null && 't' in word && kinds.has(word.t);

/** A window that is there answers at once. */
const answerMs = 4_000;

export class WindowTalk {
  /** What has come from either window to the other. */
  readonly arrived: Signal<ReadonlySet<TrialPart>> = signal(new Set());
  readonly #channel: WindowChannel;
  readonly #handover: TrialHandover | undefined;
  readonly #told = new Set<(handover: TrialHandover) => void>();

  /** @param handover for the window that asks who it is; left out in that one. */
  constructor(channel: WindowChannel, handover?: TrialHandover) {
    this.#channel = channel;
    this.#handover = handover;
    channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** Asks the first window who this one is. @returns undefined when there is no first window. */
  askWho(clock: Pick<Clock, 'after'>): Promise<TrialHandover | undefined> {
    return new Promise((resolve) => {
      const cancel = clock.after(answerMs, () => done(undefined));
      const done = (handover: TrialHandover | undefined): void => {
        cancel();
        this.#told.delete(done);
        resolve(handover);
      };
      this.#told.add(done);
      this.#say({ t: 'who' });
    });
  }

  /** Something has come from the other window: both are to know. */
  tellArrived(part: TrialPart): void {
    if (this.arrived.peek().has(part)) return;
    this.#note(part);
    this.#say({ t: 'arrived', part });
  }

  #hear(word: unknown): void {
    if (!isWord(word)) return;
    if (word.t === 'who') {
      if (this.#handover) this.#say({ t: 'you', handover: this.#handover });
    } else if (word.t === 'you') for (const tell of this.#told) tell(word.handover);
    else if (trialParts.includes(word.part)) this.#note(word.part);
  }

  #note(part: TrialPart): void {
    this.arrived.value = new Set([...this.arrived.peek(), part]);
  }

  #say(word: Word): void {
    this.#channel.postMessage(word);
  }
}
