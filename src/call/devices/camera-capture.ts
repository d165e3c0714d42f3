// How good a picture is asked of the camera: what the person chose, and no more than anybody needs.
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { ShownSize } from '../../core/media/shown-size.ts';
import { type CaptureWish, captureWish, constraintsFor, type Slot, usedId } from './device-slot.ts';

export class CameraCapture {
  readonly #camera: Slot;
  #quality: CallQuality = 'balanced';
  #mostNeeded: ShownSize | undefined;

  constructor(camera: Slot) {
    this.#camera = camera;
  }

  get wish(): CaptureWish {
    return captureWish(this.#quality, this.#mostNeeded);
  }

  /** Now and later. A camera that cannot goes on as it does. */
  setQuality(quality: CallQuality): void {
    if (quality === this.#quality) return;
    this.#quality = quality;
    void this.#constrain();
  }

  /** No more than this, or all again (undefined). Resolves once the camera has followed. */
  limit(size: ShownSize | undefined): Promise<void> {
    this.#mostNeeded = size;
    return this.#constrain();
  }

  async #constrain(): Promise<void> {
    const constraints = constraintsFor('camera', usedId(this.#camera), this.wish);
    await this.#camera.track?.applyConstraints(constraints).catch(() => undefined);
  }
}
