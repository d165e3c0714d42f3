// What the call machine wants said to the other side: handed to the conversation of this side's role.
import { assertNever } from '../../core/base/assert-never.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallFlow } from '../../link/signaling/call-flow.ts';
import type { OutsideEffect } from './call-runner.ts';

/** An effect that is a word to the other side. */
type SpokenEffect = Extract<OutsideEffect, { readonly effect: `send-${string}` }>;

/** Whether this is to be said, and not done here. */
export function isSpoken(effect: OutsideEffect): effect is SpokenEffect {
  return effect.effect.startsWith('send-');
}

/** @param media what the call is wanted for. */
export function speak(effect: SpokenEffect, flow: CallFlow, media: CallMedia): void {
  switch (effect.effect) {
    case 'send-invite':
      flow.sendInvite(media);
      return;
    case 'send-alive':
      flow.sendAlive();
      return;
    case 'send-cancel':
      flow.sendCancel(effect.why);
      return;
    case 'send-taken':
      flow.sendTaken(effect.how);
      return;
    case 'send-bye':
      flow.sendBye(effect.why);
      return;
    default:
      assertNever(effect);
  }
}
