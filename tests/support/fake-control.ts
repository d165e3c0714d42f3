// A link's quality control as the economy of a group sees it: says what a test lets it say, and keeps what it was allowed last.
import type { ControlWatcher, SharedControl } from '../../src/call/mesh-economy.ts';
import type { Load } from '../../src/core/picture-steps.ts';
import type { UploadShare } from '../../src/core/upload-budget.ts';
import type { ViewSize } from '../../src/core/view-size.ts';
import { linkSample, type SampleChoices } from './link-samples.ts';

export class FakeControl implements SharedControl {
  remoteView: ViewSize | undefined;
  source: ViewSize | undefined = { width: 1280, height: 720 };
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

  /** The other side shows our picture at this size from now on. */
  hearView(view: ViewSize): void {
    this.remoteView = view;
    this.#watcher?.onChange();
  }

  sample(choices: SampleChoices, load: Load = 'fine'): void {
    this.#watcher?.onSample(linkSample(choices), load);
  }
}
