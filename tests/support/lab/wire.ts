// A cable between two namespaces that can be made slow, long, lossy, or be cut, while traffic runs over it.
import { resolve } from 'node:path';
import type { Namespace } from './namespaces.ts';
import { Server } from './programs.ts';

const script = resolve(import.meta.dirname, 'wire.py');

/** What the cable does to packets, in each direction alike. */
export interface WireState {
  /** How long a packet is under way. */
  readonly delayMs: number;
  /** How many of a hundred packets are lost. */
  readonly lossPercent: number;
  /** Kilobits per second; 0 is as many as there are. What waits longer than 300 ms for its turn is lost. */
  readonly kilobitsPerSecond: number;
  /** Nothing gets through, and neither end is told. */
  readonly isCut: boolean;
}

const perfect: WireState = { delayMs: 0, lossPercent: 0, kilobitsPerSecond: 0, isCut: false };

export class Wire {
  readonly #cable: Server;

  private constructor(cable: Server) {
    this.#cable = cable;
  }

  /** Makes a network card at each end and joins them. */
  static async between(one: Namespace, device: string, other: Namespace, otherDevice: string): Promise<Wire> {
    const cable = await Server.start('python3', [script, one.name, device, other.name, otherDevice], 'ready');
    one.ip(`link set ${device} up`);
    other.ip(`link set ${otherDevice} up`);
    return new Wire(cable);
  }

  /** What is not named is perfect. */
  set(state: Partial<WireState>): void {
    const { delayMs, lossPercent, kilobitsPerSecond, isCut } = { ...perfect, ...state };
    this.#cable.tell(JSON.stringify({ delay: delayMs, loss: lossPercent, rate: kilobitsPerSecond, cut: isCut }));
  }

  async remove(): Promise<void> {
    await this.#cable.kill();
  }
}
