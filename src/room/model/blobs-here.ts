// What this browser has of some blobs of a room, read again whenever it may have changed.
import { effect, type Signal, signal } from '@preact/signals';
import { type BlobState, onBlobChanged, type RoomBlobs } from '../../platform/store/room-blobs.ts';

export class BlobsHere {
  /** By hash. */
  readonly states: Signal<ReadonlyMap<string, BlobState>> = signal(new Map());
  /** It was read for the first time. */
  readonly hasLooked: Signal<boolean> = signal(false);
  readonly #room: string;
  readonly #blobs: Pick<RoomBlobs, 'state'>;
  readonly #wanted: () => readonly { readonly hash: string; readonly size: number }[];
  readonly #stops: readonly (() => void)[];
  #looking = false;
  #again = false;

  /** @param wanted is read from signals: they are followed. `size` in bytes. */
  constructor(
    room: string,
    blobs: Pick<RoomBlobs, 'state'>,
    wanted: () => readonly { readonly hash: string; readonly size: number }[],
  ) {
    this.#room = room;
    this.#blobs = blobs;
    this.#wanted = wanted;
    this.#stops = [
      effect(() => {
        void wanted();
        void this.#look();
      }),
      onBlobChanged((changed) => {
        if (changed === room) void this.#look();
      }),
    ];
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** While it reads, once more is enough for all that happens meanwhile. */
  async #look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#again) {
      this.#again = false;
      const states = new Map<string, BlobState>();
      for (const { hash, size } of this.#wanted()) {
        const state = await this.#blobs.state(this.#room, hash, size).catch(() => undefined);
        if (state) states.set(hash, state);
      }
      this.states.value = states;
    }
    this.hasLooked.value = true;
    this.#looking = false;
  }
}
