// The effects on the own picture and voice, as far as they are needed before any is chosen: which one is wanted on which track. What makes them is
// loaded with the first. Where a background is wanted and cannot be had, nothing is sent of the camera: never the bare room.
import type { EffectChoice, NoiseEffectState, PictureEffectState } from '../../core/media/effects.ts';
import type { EffectMakers, EffectSource, OpenEffect } from './effect-ports.ts';
import type { DeviceKind } from './media-ports.ts';

/** What is sent of the devices. */
export interface TrackEffects {
  /** The track that is sent in place of this one of a device, perhaps itself; undefined while nothing of it may be seen. */
  sent(kind: DeviceKind, raw: MediaStreamTrack | undefined): MediaStreamTrack | undefined;
  /** Calls back when `sent` would answer otherwise. */
  onChange: (kind: DeviceKind) => void;
}

/** Devices as they are, where there are no effects. */
export const noEffects: TrackEffects = { sent: (_kind, raw) => raw, onChange: () => undefined };

interface Events {
  onPicture(state: PictureEffectState): void;
  onNoise(state: NoiseEffectState): void;
}

interface Lane {
  raw: MediaStreamTrack | undefined;
  effect: OpenEffect | undefined;
}

export class OwnEffects implements TrackEffects {
  readonly #source: EffectSource;
  readonly #events: Events;
  readonly #lanes: Readonly<Record<DeviceKind, Lane>> = {
    microphone: { raw: undefined, effect: undefined },
    camera: { raw: undefined, effect: undefined },
  };
  #choice: EffectChoice;
  #makers: EffectMakers | undefined;
  #isTooSlow = false;
  onChange: (kind: DeviceKind) => void = () => undefined;

  constructor(source: EffectSource, choice: EffectChoice, events: Events) {
    this.#source = source;
    this.#choice = choice;
    this.#events = events;
  }

  sent(kind: DeviceKind, raw: MediaStreamTrack | undefined): MediaStreamTrack | undefined {
    const lane = this.#lanes[kind];
    if (lane.raw !== raw) {
      lane.effect?.stop();
      lane.effect = undefined;
      lane.raw = raw;
      this.#open(kind);
    }
    if (!raw || lane.effect) return lane.effect?.track;
    return kind === 'camera' && this.#isWanted(kind) ? undefined : raw;
  }

  choose(choice: EffectChoice): void {
    this.#choice = choice;
    for (const kind of ['microphone', 'camera'] as const) {
      const lane = this.#lanes[kind];
      if (lane.effect) lane.effect.choose(choice);
      else this.#open(kind);
      if (!this.#isWanted(kind) && !lane.effect) this.#tell(kind, 'off');
      this.onChange(kind);
    }
  }

  #isWanted(kind: DeviceKind): boolean {
    return kind === 'camera' ? this.#choice.background !== 'none' : this.#choice.noiseSuppression;
  }

  #open(kind: DeviceKind): void {
    const { raw } = this.#lanes[kind];
    if (!raw || !this.#isWanted(kind)) return;
    if (this.#makers) {
      this.#openWith(this.#makers, kind, raw);
      return;
    }
    this.#tell(kind, 'starting');
    Promise.all([this.#source.load(), this.#source.isTooSlow()])
      .then(([makers, isTooSlow]) => {
        this.#makers = makers;
        this.#isTooSlow ||= isTooSlow;
        const lane = this.#lanes[kind];
        if (lane.raw !== raw || lane.effect || !this.#isWanted(kind)) return;
        this.#openWith(makers, kind, raw);
        this.onChange(kind);
      })
      .catch(() => {
        if (this.#lanes[kind].raw === raw && this.#isWanted(kind)) this.#tell(kind, 'failed');
      });
  }

  #openWith(makers: EffectMakers, kind: DeviceKind, raw: MediaStreamTrack): void {
    this.#tell(kind, 'starting');
    try {
      this.#lanes[kind].effect = this.#make(makers, kind, raw);
    } catch {
      // No canvas, no worker, no sound: what is sent then is decided as for one that could not be loaded.
      this.#tell(kind, 'failed');
    }
  }

  #make(makers: EffectMakers, kind: DeviceKind, raw: MediaStreamTrack): OpenEffect {
    const onTrack = () => this.onChange(kind);
    return kind === 'camera'
      ? makers.openPicture(raw, this.#choice, this.#isTooSlow, {
          onTrack,
          onState: (state) => {
            if (state === 'slow' && !this.#isTooSlow) {
              this.#isTooSlow = true;
              this.#source.rememberTooSlow();
            }
            this.#events.onPicture(state);
          },
        })
      : makers.openNoise(raw, this.#choice, { onTrack, onState: (state) => this.#events.onNoise(state) });
  }

  #tell(kind: DeviceKind, state: 'off' | 'starting' | 'failed'): void {
    if (kind === 'camera') this.#events.onPicture(state === 'failed' ? 'stopped' : state);
    else this.#events.onNoise(state === 'starting' ? 'starting' : 'browser');
  }
}
