// What the people of a call are joined out of.
import type { Clock, Opener, Sealer, Signer } from '../../core/base/ports.ts';
import type { RosterEntry } from '../../core/group/roster.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { AdmissionParts } from './admission.ts';
import type { DetouredChat } from './chat-detour.ts';
import type { IntroductionParts } from './introductions.ts';
import type { PairCall, Seat } from './seat.ts';

/** The seats, for whoever takes the place of somebody at another device. */
interface Seats {
  readonly seatOf: (id: string) => Seat | undefined;
  readonly sit: (call: PairCall) => void;
}

export interface SuccessorTaker {
  /** Somebody who sits here invites from another device. */
  take(seat: Seat, invite: SignalOf<'invite'>, isQuantumSafe?: true): Promise<void>;
}

export interface GroupSessionParts
  extends Pick<AdmissionParts, 'contacts' | 'settings' | 'ownWord' | 'fault' | 'onHides'>,
    Pick<IntroductionParts, 'openRelays'> {
  readonly model: GroupModel;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly signer: Signer;
  /** Opens what is sealed to the own static key. */
  readonly opener: Opener;
  readonly self: Pick<RosterEntry, 'id' | 'ed25519' | 'x25519' | 'name' | 'relays'>;
  /** The contact of this id, if there is one. */
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly makeCall: (contact: Contact, route: 'relays' | 'people') => PairCall;
  /** Few people change devices: whoever takes the place of somebody is looked at by what is loaded with the first. */
  readonly loadSuccessors: (seats: Seats) => Promise<SuccessorTaker>;
  readonly chat: DetouredChat;
  /** The call with somebody is over: nothing is sent to them any more. */
  readonly onGone: (id: string) => void;
  /** Somebody has left for good: nothing waits for them any more. */
  readonly onParted: (id: string) => void;
}
