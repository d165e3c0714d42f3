// What becomes of an invite: who may ring, how often, and what stands in the way. Decides; does nothing itself.

import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { HeldCall } from '../../core/call/requests.ts';
import { type RingCall, type RingRecord, ringMs } from '../../core/call/ring-machine.ts';
import { isQuietFor } from '../../core/data/quiet-times.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import { type Crossing, crossingOf } from './crossing.ts';
import { othersOf } from './ring-views.ts';

/** Rings per contact: six at once, then one in ten seconds; strangers together twenty, then three a minute (docs/protocol.md#budgets). */
const ringsAtOnce = 6;
const ringsPerSecond = 0.1;
const strangersAtOnce = 20;
const strangersPerSecond = 3 / 60;
const maxRings = 32;

/** All that is known when an invite of a new call comes. */
export interface InviteFacts {
  readonly now: number;
  readonly isFinished: boolean;
  readonly contact: Contact | undefined;
  readonly settings: Settings;
  /** The calls that pages of ours are in. */
  readonly held: readonly HeldCall[];
  readonly rings: readonly RingRecord[];
  /** 16 fresh random bytes, base64url: whoever sends them back calls now. */
  readonly nonce: string;
  /** How the invite was sealed. */
  readonly isQuantumSafe?: true | undefined;
}

/** 'silence': nothing happens, as if nobody were here. */
export type Admission =
  | { readonly is: 'silence' }
  | { readonly is: 'stranger' }
  | { readonly is: 'missed' | 'busy' | 'ring'; readonly call: RingCall };

export class InviteAdmission {
  readonly #budgets = new Map<string, TokenBucket>();

  admit(senderId: string, invite: SignalOf<'invite'>, facts: InviteFacts): Admission {
    const { contact, settings, held, rings, now } = facts;
    if (facts.isFinished || contact?.blocked) return { is: 'silence' };
    if (!contact)
      return this.#budget('strangers', strangersAtOnce, strangersPerSecond).take(now)
        ? { is: 'stranger' }
        : { is: 'silence' };
    if (rings.length >= maxRings || !this.#budget(senderId, ringsAtOnce, ringsPerSecond).take(now))
      return { is: 'silence' };
    const call = ringCall(contact, invite, facts);
    if (isQuietFor(settings, contact, now)) return { is: 'missed', call };
    const crossing: Crossing | undefined = crossingOf(held, call);
    if (crossing?.survivor === 'outgoing') return { is: 'silence' };
    const someoneElse = rings.some(
      ({ call: other, ring }) => ring.state === 'ringing' && other.contactId !== contact.id,
    );
    return { is: (!crossing && !canWait(held, contact.id)) || someoneElse ? 'busy' : 'ring', call };
  }

  #budget(key: string, capacity: number, perSecond: number): TokenBucket {
    const bucket = this.#budgets.get(key) ?? new TokenBucket(capacity, perSecond);
    this.#budgets.set(key, bucket);
    return bucket;
  }
}

/** One call beside another: who is still being called has no patience for a third, and whoever we talk to does not call a second time. */
function canWait(held: readonly HeldCall[], callerId: string): boolean {
  return held.length < 2 && held.every(({ linked, contactId }) => linked && contactId !== callerId);
}

function ringCall(contact: Contact, invite: SignalOf<'invite'>, facts: InviteFacts): RingCall {
  const { now, nonce, isQuantumSafe } = facts;
  return {
    callId: invite.id,
    contactId: contact.id,
    contactName: contact.name,
    media: invite.media,
    ...othersOf(invite),
    st: invite.st,
    ek: invite.ek,
    cm: invite.cm,
    callerDev: invite.dev,
    ...(isQuantumSafe && { isQuantumSafe }),
    nonce,
    invitedAt: now,
    // Relative to the caller's own clock, so that a wrong clock on either side does no harm.
    expiresAt: now + Math.min(ringMs, Math.max(0, invite.exp - invite.ts)),
  };
}
