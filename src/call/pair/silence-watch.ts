// Whether somebody whom we call may not have added us yet. A browser that is on says within seconds that it rings, to contacts only; to
// everybody else it says nothing, as if nobody were there (docs/protocol.md#ringing). So silence may mean either, and people are told both.

import type { Clock } from '../../core/base/ports.ts';
import type { CallState } from '../../core/call/call-machine.ts';
import type { PersonModel } from '../model/person-model.ts';

export interface SilenceParts {
  readonly model: Pick<PersonModel, 'mayNotKnowUs'>;
  readonly clock: Clock;
  /** Nothing tells that they have us among their contacts, and the call goes to where that matters. */
  readonly mayNotKnowUs: boolean;
}

/** A browser that rings has said so by then, over most networks. */
const silentMs = 8_000;

export class SilenceWatch {
  readonly #parts: SilenceParts;
  #cancel: (() => void) | undefined;

  constructor(parts: SilenceParts) {
    this.#parts = parts;
  }

  /** What was found stays when the call has ended without a word of theirs. */
  entered(state: CallState): void {
    const { model, clock, mayNotKnowUs } = this.#parts;
    this.#cancel?.();
    if (state.state === 'ended') return;
    model.mayNotKnowUs.value = false;
    // Whoever is busy knows us: nobody else is answered.
    if (!mayNotKnowUs || state.state !== 'dialing' || state.busy) return;
    this.#cancel = clock.after(silentMs, () => {
      model.mayNotKnowUs.value = true;
    });
  }
}
