// What the runner of rings is given: alerts, pages, stores and mail as ports.
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { HeldCall, RingView, TakenCall } from '../../core/call/requests.ts';
import type { RingCall, RingOutcome } from '../../core/call/ring-machine.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { Signal, SignalOf } from '../../core/signaling/signal.ts';
import type { RingStorePort } from './ring-book.ts';

/** What shows a ring to a person. */
interface RingAlerts {
  start(view: RingView): Promise<void>;
  stop(callId: string): Promise<void>;
  missed(call: RingCall): Promise<void>;
}

export interface RingParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** Own device, base64url of 8 bytes. */
  readonly ownDev: string;
  readonly rings: RingStorePort;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly settings: () => Promise<Settings>;
  /** Calls that pages of ours are in: the one that goes on, then those on hold. */
  readonly heldCalls: () => Promise<readonly HeldCall[]>;
  readonly alerts: RingAlerts;
  readonly record: (call: RingCall, outcome: RingOutcome) => Promise<void>;
  readonly strangerCalled: (senderId: string, invite: SignalOf<'invite'>) => Promise<void>;
  /** Shows the ring's state to pages; undefined when there is none. */
  readonly showView: (view: RingView | undefined) => Promise<void>;
  readonly openCall: (view: RingView) => Promise<void>;
  readonly crossOver: (outgoingId: string, call: TakenCall) => Promise<void>;
  /** Seals to a per-call key and publishes on a topic over the own relays. */
  readonly mail: (topicHex: string, to: { ed25519: Bytes; x25519: Bytes }, signal: Signal) => Promise<void>;
  readonly topicsChanged: (topics: ReadonlySet<string>) => void;
  readonly log: (event: string, facts: Record<string, string | number>) => void;
}
