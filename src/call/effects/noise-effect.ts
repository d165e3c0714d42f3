// The voice without noise. The raw microphone is sent until the first cleaned block has come, and whenever the
// sound stops being worked on: a call without a voice is worse than one with a fan.
import { type EffectChoice, type NoiseEffectState, noiseWay } from '../../core/media/effects.ts';
import type { EffectEvents, OpenEffect } from '../devices/effect-ports.ts';

/** What hears the microphone and gives it back without noise. */
export interface Cleaner {
  readonly track: MediaStreamTrack;
  /** Something has come out of it: until its program is ready there is silence. */
  hasSound(): boolean;
  readonly isRunning: boolean;
  close(): void;
}

export interface NoisePorts {
  /** Rejects where it cannot be had. @param onChange it runs or stands still now, or has failed: `isRunning` says so. */
  openCleaner(raw: MediaStreamTrack, onChange: () => void): Promise<Cleaner>;
}

const lookEveryMs = 100;

type VoiceConstraints = MediaTrackConstraints & { voiceIsolation?: boolean };
type VoiceCapabilities = MediaTrackCapabilities & { readonly voiceIsolation?: readonly boolean[] };

export class NoiseEffect implements OpenEffect {
  readonly #raw: MediaStreamTrack;
  readonly #events: EffectEvents<NoiseEffectState>;
  readonly #ports: NoisePorts;
  #track: MediaStreamTrack;
  #cleaner: Cleaner | undefined;
  #looks: ReturnType<typeof setInterval> | undefined;
  #wanted: boolean | undefined;
  #turn = 0;

  constructor(raw: MediaStreamTrack, choice: EffectChoice, events: EffectEvents<NoiseEffectState>, ports: NoisePorts) {
    [this.#raw, this.#events, this.#ports, this.#track] = [raw, events, ports, raw];
    queueMicrotask(() => this.choose(choice));
  }

  get track(): MediaStreamTrack {
    return this.#track;
  }

  choose({ noiseSuppression }: EffectChoice): void {
    if (noiseSuppression === this.#wanted) return;
    this.#wanted = noiseSuppression;
    const turn = ++this.#turn;
    this.#letGo();
    const { voiceIsolation = [] } = (this.#raw.getCapabilities?.() ?? {}) as VoiceCapabilities;
    const isolatesVoice = voiceIsolation.includes(true);
    const way = noiseWay(noiseSuppression, { isolatesVoice, canSuppress: true });
    if (isolatesVoice) this.#ask({ voiceIsolation: way === 'device' });
    if (way !== 'own') {
      this.#events.onState(way);
      return;
    }
    this.#events.onState('starting');
    this.#ports
      .openCleaner(this.#raw, () => this.#look())
      .then(
        (cleaner) => {
          if (turn !== this.#turn) {
            cleaner.close();
            return;
          }
          this.#cleaner = cleaner;
          this.#looks = setInterval(() => this.#look(), lookEveryMs);
        },
        () => {
          if (turn === this.#turn) this.#events.onState('browser');
        },
      );
  }

  stop(): void {
    this.#turn += 1;
    this.#letGo();
  }

  #look(): void {
    const cleaner = this.#cleaner;
    if (!cleaner) return;
    if (!cleaner.isRunning) this.#send(this.#raw);
    else if (this.#track === this.#raw && cleaner.hasSound()) this.#send(cleaner.track);
  }

  #send(track: MediaStreamTrack): void {
    if (this.#track === track) return;
    this.#track = track;
    const isOwn = track !== this.#raw;
    // Two suppressors in a row make a voice hollow.
    this.#ask({ noiseSuppression: !isOwn });
    this.#events.onTrack();
    this.#events.onState(isOwn ? 'own' : 'starting');
  }

  #ask(change: VoiceConstraints): void {
    this.#raw.applyConstraints({ ...this.#raw.getConstraints(), ...change }).catch(() => undefined);
  }

  #letGo(): void {
    clearInterval(this.#looks);
    const cleaner = this.#cleaner;
    this.#cleaner = undefined;
    if (this.#track !== this.#raw) {
      this.#track = this.#raw;
      if (this.#raw.readyState === 'live') this.#ask({ noiseSuppression: true });
      this.#events.onTrack();
    }
    cleaner?.close();
  }
}
