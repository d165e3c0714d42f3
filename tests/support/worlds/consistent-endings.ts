// Which endings of the two sides go together. Rows are how the caller's page ended, columns how each device of the callee did.
import type { EndReason } from '../../../src/core/call/end-reason.ts';
import type { RingOutcome } from '../../../src/core/call/ring-machine.ts';

/**
 * How a device of the callee saw the call end: by its page, if it accepted; otherwise by its ring; `nothing` if it heard of none. A page
 * that had accepted is told only that it is left to another device, not what that one did with it.
 */
export type CalleeEnd = EndReason | RingOutcome | 'was-busy' | 'left-to-another-device' | 'nothing';

interface Row {
  /** One device at least ends like this: it is the one that the caller was with. */
  readonly one?: readonly CalleeEnd[];
  /** Every other device ends like this when every word arrives. */
  readonly others: readonly CalleeEnd[];
  /** And like this, too, when relays lose words or a background is dead. */
  readonly afterLoss: readonly CalleeEnd[];
}

/** A word that tells the other devices was lost: they ring until the caller's signs of life stop, or wait in vain for a link. */
const toldNothing: readonly CalleeEnd[] = ['nothing', 'missed', 'connection-failed'];
/** The person decided here while the caller's word was still on its way. */
const crossed: readonly CalleeEnd[] = ['declined', 'caller-cancelled'];
const taken: readonly CalleeEnd[] = ['answered-elsewhere', 'left-to-another-device', 'was-busy', 'declined'];
const gaveUp: Row = {
  others: ['caller-cancelled', 'was-busy', 'remote-hung-up'],
  afterLoss: [...toldNothing, ...crossed, 'declined-elsewhere'],
};
/** No device ever answered the caller: none can have rung, so none can have been answered or declined. */
const unheard: Row = { others: ['nothing', 'missed', 'caller-cancelled'], afterLoss: ['was-busy'] };

/** Of a call whose link came up. */
const endingsOfConnected: Partial<Record<EndReason, Row>> = {
  'hung-up': { one: ['remote-hung-up'], others: taken, afterLoss: toldNothing },
  'remote-hung-up': { one: ['hung-up'], others: taken, afterLoss: toldNothing },
};

/** Of a call that never had a link. */
const endingsOfUnconnected: Partial<Record<EndReason, Row>> = {
  // Hung up while the link was being made.
  'hung-up': { one: ['remote-hung-up', 'connection-failed'], others: taken, afterLoss: toldNothing },
  'remote-hung-up': { one: ['hung-up'], others: taken, afterLoss: toldNothing },
  'connection-failed': { one: ['connection-failed'], others: taken, afterLoss: toldNothing },
  declined: {
    one: ['declined'],
    others: ['declined-elsewhere', 'left-to-another-device', 'declined', 'was-busy', 'remote-hung-up'],
    afterLoss: toldNothing,
  },
  busy: { one: ['was-busy'], others: ['was-busy', 'caller-cancelled'], afterLoss: toldNothing },
  cancelled: gaveUp,
  // Both sides count the same sixty seconds.
  'no-answer': { ...gaveUp, others: [...gaveUp.others, 'missed'] },
  unreachable: unheard,
  'relays-unreachable': unheard,
};

/** Says what does not go together, or nothing. */
export function inconsistency(
  connected: boolean,
  caller: EndReason,
  callees: readonly CalleeEnd[],
  nothingWasLost: boolean,
): string | undefined {
  const row = (connected ? endingsOfConnected : endingsOfUnconnected)[caller];
  if (!row) return `a caller's page never ends like this ${connected ? 'once connected' : 'before a link'}`;
  const { one, others, afterLoss } = row;
  const partner = one ? callees.findIndex((end) => one.includes(end)) : -1;
  if (one && partner === -1) return `no device ended ${one.join(' or ')}`;
  const allowed = nothingWasLost ? others : [...others, ...afterLoss];
  const wrong = callees.find((end, index) => index !== partner && !allowed.includes(end));
  return wrong && `a device ended ${wrong}`;
}
