// The sounds of all calls of one page as one: it rings once however many are called, and an ending is heard when it is the end for the
// page. Who comes and goes in a group is heard from its announcer. Knows of a call only where it stands.
import type { Signal } from '@preact/signals';
import type { Tone } from '../../platform/tones.ts';
import type { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { CallPhase } from '../model/person-model.ts';

type Player = Pick<TonePlayer, 'play' | 'stop'>;
type Options = Parameters<TonePlayer['play']>[1];

const underWay: ReadonlySet<CallPhase['phase']> = new Set([
  'dialing',
  'ringing',
  'connecting',
  'connected',
  'reconnecting',
]);

export class PageTones {
  readonly #player: Player;
  readonly #calls = new Set<Signal<CallPhase>>();
  #isRinging = false;

  constructor(player: Player) {
    this.#player = player;
  }

  /** @returns the sounds of one call, told apart by where it stands. */
  of(phase: Signal<CallPhase>): Player {
    for (const one of this.#calls) if (one.value.phase === 'ended') this.#calls.delete(one);
    this.#calls.add(phase);
    return { play: (tone, options) => this.#play(phase, tone, options), stop: () => this.#stop() };
  }

  #play(call: Signal<CallPhase>, tone: Tone, options: Options): void {
    const others = [...this.#calls]
      .filter((one) => one !== call)
      .map(({ value }) => value.phase)
      .filter((phase) => underWay.has(phase));
    if (tone === 'ringback') {
      if (others.every((phase) => phase === 'dialing')) this.#ring(options);
    } else if (tone === 'connected') {
      this.#stop();
      // Of several, the announcer says who joined.
      if (this.#calls.size === 1) this.#player.play(tone, options);
    } else if (others.length === 0) {
      this.#isRinging = false;
      this.#player.play(tone, options);
    } else if (!others.includes('ringing')) this.#stop();
    else if (!this.#isRinging && others.every((phase) => phase === 'dialing' || phase === 'ringing'))
      this.#ring({ ...options, loop: true });
  }

  #ring(options: Options): void {
    this.#isRinging = true;
    this.#player.play('ringback', options);
  }

  #stop(): void {
    this.#isRinging = false;
    this.#player.stop();
  }
}
