// The data channel that carries control messages: text frames only, within the budget of one participant, each read as far as the link
// itself understands it (docs/protocol.md#control). Knows neither simple-peer nor what any word means.
import type { Clock } from '../../core/base/ports.ts';
import { WordBudget } from '../../core/base/word-budget.ts';
import {
  type ControlMessage,
  controlLimits,
  type FeatureWord,
  formatControl,
  type HeardControl,
  parseControl,
} from '../../core/signaling/control-message.ts';
import { controlChannel } from '../connection/call-connection.ts';

export interface ControlChannelParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly onOpen: () => void;
  readonly onHeard: (heard: HeardControl) => void;
}

export class ControlChannel {
  readonly #parts: ControlChannelParts;
  readonly #budget = new WordBudget(controlLimits);
  #followed: RTCDataChannel | undefined;
  /** Once it is open. */
  #open: RTCDataChannel | undefined;
  #isStopped = false;

  constructor(parts: ControlChannelParts) {
    this.#parts = parts;
  }

  /** The first channel of this name is the one; whatever else the other side opens is not listened to. */
  follow(channel: RTCDataChannel): void {
    if (channel.label !== controlChannel || this.#followed) return;
    this.#followed = channel;
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#received(data));
    const opened = () => {
      if (this.#open || this.#isStopped) return;
      this.#open = channel;
      this.#parts.onOpen();
    };
    if (channel.readyState === 'open') opened();
    else channel.addEventListener('open', opened);
  }

  /** False when it is not open. */
  send(message: ControlMessage | FeatureWord): boolean {
    if (!this.#open || this.#isStopped) return false;
    try {
      this.#open.send(formatControl(message));
      return true;
    } catch {
      return false;
    }
  }

  /** Nothing is said or heard any more. */
  stop(): void {
    this.#isStopped = true;
  }

  #received(data: unknown): void {
    const { clock, onHeard } = this.#parts;
    if (typeof data !== 'string' || this.#isStopped || !this.#budget.take(clock.now(), data.length)) return;
    const heard = parseControl(data);
    if (heard) onHeard(heard);
  }
}
