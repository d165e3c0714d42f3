// What lies between a device and what is sent of it. Loaded late, if at all: this is all that the devices know of it.
import type { EffectChoice, NoiseEffectState, PictureEffectState } from '../../core/media/effects.ts';

/** The effect on one track of a device. */
export interface OpenEffect {
  /** What is sent in place of the device's track, perhaps that itself; undefined while nothing of it may be seen. */
  readonly track: MediaStreamTrack | undefined;
  choose(choice: EffectChoice): void;
  /** Lets everything go; the device's track stays as it is. */
  stop(): void;
}

/** None of them is called before the effect was returned. */
export interface EffectEvents<State> {
  /** `track` is another one. */
  onTrack(): void;
  onState(state: State): void;
}

/** The part that is loaded when an effect is wanted. */
export interface EffectMakers {
  openPicture(
    raw: MediaStreamTrack,
    choice: EffectChoice,
    isTooSlow: boolean,
    events: EffectEvents<PictureEffectState>,
  ): OpenEffect;
  openNoise(raw: MediaStreamTrack, choice: EffectChoice, events: EffectEvents<NoiseEffectState>): OpenEffect;
}

/** Where effects come from, and what was found out about this computer since the browser was started. */
export interface EffectSource {
  /** Rejects when it cannot be loaded. */
  load(): Promise<EffectMakers>;
  isTooSlow(): Promise<boolean>;
  rememberTooSlow(): void;
}
