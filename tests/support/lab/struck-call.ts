// A call between the people of one lab that a test strikes: how it begins, what strikes it, how one knows that it is back. One per test
// file; whatever was struck is mended after each test.
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { waitForStatus } from '../drivers/page-actions.ts';
import { type Fault, type FaultScene, faultScene } from './faults.ts';
import { stun, turnOverTcp, turnOverUdp } from './internet.ts';
import { type CallPages, untilBothSeeAndHear } from './people.ts';

/** As long as a call tries to come back. */
export const patienceMs = 50_000;
const isBack = /^(?:Connected|Back online)/;

export class StruckCall {
  #scene: FaultScene | undefined;
  #mend: () => Promise<void> | void = () => undefined;

  /** To be made once, outside of every test. */
  constructor() {
    beforeAll(async () => {
      this.#scene = await faultScene(inject('profiles'));
    });
    afterEach(async () => {
      await this.#mend();
      this.#mend = () => undefined;
    });
    afterAll(() => this.#scene?.lab.close());
  }

  get scene(): FaultScene {
    if (!this.#scene) throw new Error('there is no lab before the first test');
    return this.#scene;
  }

  /** A call that runs, with all that could help it in the settings. */
  async begin(caller: 'alice' | 'bob' = 'alice'): Promise<CallPages> {
    await this.scene.people.use(stun, turnOverUdp, turnOverTcp);
    const pages = await this.scene.people.call(caller);
    await untilBothSeeAndHear(pages);
    return pages;
  }

  async strike(fault: Fault): Promise<void> {
    this.mendBy(() => fault.mend(this.scene));
    await fault.strike(this.scene);
  }

  /** What makes everything good after this test. */
  mendBy(mend: () => Promise<void> | void): void {
    this.#mend = mend;
  }

  /** Both are told that they are connected, and they see and hear each other. */
  async untilBack(pages: CallPages): Promise<void> {
    await untilBothSeeAndHear(pages, patienceMs);
    await Promise.all([pages.alice, pages.bob].map((page) => waitForStatus(page, isBack, patienceMs)));
  }
}
