// A link's quality control as the economy of a group sees it: says what a test lets it say, and keeps what it was allowed last.
import type { ControlWatcher, SharedControl } from '../../../src/call/quality/upload-economy.ts';
import type { Load } from '../../../src/core/media/picture-steps.ts';
import type { PicturePart, ShownSize } from '../../../src/core/media/shown-size.ts';
import type { UploadShare } from '../../../src/core/media/upload-budget.ts';
import { linkSample, type SampleChoices } from '../samples/link-samples.ts';

export class FakeControl implements SharedControl {
  readonly #views: Partial<Record<PicturePart, ShownSize>> = {};
  share: UploadShare | undefined;
  #watcher: ControlWatcher | undefined;

  allow(share: UploadShare | undefined): void {
    this.share = share;
  }

  watch(watcher: ControlWatcher | undefined): void {
    this.#watcher = watcher;
  }

  get isWatched(): boolean {
    return this.#watcher !== undefined;
  }

  remoteView(part: PicturePart): ShownSize | undefined {
    return this.#views[part];
  }

  source(part: PicturePart): ShownSize | undefined {
    return part === 'screen' ? { width: 1920, height: 1080 } : { width: 1280, height: 720 };
  }

  /** The other side shows our picture, or our screen, at this size from now on. */
  hearView(view: ShownSize, part: PicturePart = 'person'): void {
    this.#views[part] = view;
    this.#watcher?.onChange();
  }

  sample(choices: SampleChoices, load: Load = 'fine'): void {
    this.#watcher?.onSample(linkSample(choices), load);
  }
}
