// What the flow of a call tells the session of it, beside the events of the machine.
import type { SharedFindings } from '../../core/network/network-findings.ts';
import type { FlowEvents } from './call-supplies.ts';
import type { SessionParts } from './session-parts.ts';

export interface FlowEventParts extends Pick<SessionParts, 'model' | 'contact'> {
  /** Runs what can wait until the first pictures are there. */
  readonly later: (run: () => void) => void;
  readonly onFindings: (theirs: SharedFindings) => void;
  readonly leaveRelays: () => void;
}

export function flowEvents({ model, contact, later, onFindings, leaveRelays }: FlowEventParts): FlowEvents {
  return {
    onEmoji: (emoji, isQuantumSafe) =>
      later(() => {
        model.security.value = { state: 'ready', emoji, verification: contact.verification, isQuantumSafe };
      }),
    onClockSkew: (ms) => {
      model.clockSkewMs.value = ms;
    },
    onFindings,
    // Everything from here on goes over the data channel: all relays may die.
    onProven: () => later(leaveRelays),
  };
}
