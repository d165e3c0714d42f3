// Makes what goes beside the media to each participant. Large, so it is loaded with what carries a call, and not with the first screen.
import type { ReceivingParts } from '../../../link/transfer/receiving-files.ts';
import type { SideChannelParts, SideChannels } from './side-channels.ts';

/** What all participants have in common, and what comes of one of them. */
type Shared = 'isContact' | 'offered' | 'clock' | 'besideFiles';
type OfOne = Omit<SideChannelParts, Shared | 'disk'>;

export interface SideMakerParts extends Pick<SideChannelParts, Shared> {
  /** Where received files go. */
  readonly openDisk: () => Promise<ReceivingParts['disk']>;
}

export class SideMaker {
  readonly #parts: SideMakerParts;
  #loaded: ((one: OfOne) => SideChannels) | undefined;

  constructor(parts: SideMakerParts) {
    this.#parts = parts;
  }

  /** Rejects when it cannot be loaded. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    const { openDisk, ...shared } = this.#parts;
    const [{ SideChannels }, disk] = await Promise.all([import('./side-channels.ts'), openDisk()]);
    this.#loaded ??= (one) => new SideChannels({ ...shared, ...one, disk });
  }

  /** After `load`. */
  make(one: OfOne): SideChannels {
    if (!this.#loaded) throw new Error('what goes beside the media is not loaded');
    return this.#loaded(one);
  }
}
