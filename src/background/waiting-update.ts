// A newer version of the extension waits until nobody is in a call: taking it closes every page of ours. A browser that is started anew
// takes it before we run.
import browser from 'webextension-polyfill';
import { isAnyPageBusy } from '../platform/extension/page-life.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import { heldCall } from './call-tabs.ts';

export class WaitingUpdate {
  readonly #isRinging: () => Promise<boolean>;
  readonly #fault: (error: unknown) => void;

  /** @param isRinging whether somebody calls, or has just been answered. */
  constructor(isRinging: () => Promise<boolean>, fault: (error: unknown) => void) {
    this.#isRinging = isRinging;
    this.#fault = fault;
  }

  /** Call in the first tick: where nobody listens, browsers install at once. */
  listen(): void {
    browser.runtime.onUpdateAvailable.addListener(() => {
      // Stored first: this background may end before the call does.
      writeView('updateReady', true)
        .then(() => this.take())
        .catch(this.#fault);
    });
  }

  /** Takes the update if there is one and nobody is disturbed. Called at every start, alarm and end of a call. */
  async take(): Promise<void> {
    if (!(await readView('updateReady'))) return;
    const reasons = await Promise.all([heldCall(), this.#isRinging(), isAnyPageBusy()]);
    if (reasons.some(Boolean)) return;
    browser.runtime.reload();
  }
}
