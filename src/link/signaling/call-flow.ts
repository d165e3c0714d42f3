// What the two roles of a call have in common, and what the session may ask of either.
import { assertNever } from '../../core/base/assert-never.ts';
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../../core/base/ports.ts';
import type { CallEvent, Goodbye } from '../../core/call/call-machine.ts';
import type { CallMedia, Contact } from '../../core/identity/contact.ts';
import type { SharedFindings } from '../../core/network/network-findings.ts';
import type { DescriptionMessage } from '../../core/signaling/link-message.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { CallMaterial } from '../connection/call-material.ts';
import type { ControlWords } from '../proven/control-words.ts';
import type { OpenLink } from '../proven/raw-link.ts';
import type { SecuredLinkParts } from '../proven/secured-link.ts';

export interface FlowParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly signer: Signer;
  /** Opens what is sealed to the own static key. */
  readonly identityOpener: Opener;
  readonly dev: string;
  /** What an invite says of how the caller can be reached: the contact link, a link for this call alone, or nothing. */
  readonly ownLink: string;
  readonly contact: Contact;
  /** How many more are in the call or called into it now. */
  readonly others?: () => number;
  /** The call that this one takes the place of, and what only its two ends know. */
  readonly moves?: SignalOf<'invite'>['moves'];
  readonly material: CallMaterial;
  readonly openLink: OpenLink;
  /** Connects to the relays of this call. */
  readonly openPool: () => RelayPool;
  /** What features say to the other side, once the link is proven. */
  readonly words: ControlWords;
  readonly dispatch: (event: CallEvent) => void;
  readonly onEmoji: SecuredLinkParts['onEmoji'];
  readonly onProven: () => void;
  /** The other side's clock differs from ours by so many ms; told only when it matters. */
  readonly onClockSkew: (ms: number) => void;
  /** What the other side found out about its network after the call had failed. */
  readonly onFindings: (theirs: SharedFindings) => void;
}

/** One role's conversation with the other side. Each method is one effect of the call machine. */
export interface CallFlow {
  readonly callId: string;
  sendInvite(media: CallMedia): void;
  sendAlive(): void;
  sendCancel(why: 'cancelled' | 'no-answer'): void;
  sendTaken(how: 'answered' | 'declined'): void;
  sendBye(why: Goodbye): void;
  /** Tells what was found out about the own network. False where nobody is told: not both had said yes, or no relay is joined. */
  sendFindings(own: SharedFindings): boolean;
  /** The last words have been said; everything is closed once they are out. */
  close(): void;
  /** The relays are not needed any more. */
  leaveRelays(): void;
}

/** A later description as the link takes it, out of the signal that brought it. */
export function descriptionIn({ type, r, fresh, sdp, c }: SignalOf<'description'>): DescriptionMessage {
  return { t: 'description', type, r, fresh, sdp, c };
}

/** What a goodbye over a relay means for the call. */
export function heardBye(why: SignalOf<'bye'>['why']): CallEvent {
  switch (why) {
    case 'hung-up':
      return { event: 'bye' };
    case 'failed':
      return { event: 'link-failed' };
    case 'elsewhere':
      return { event: 'answered-elsewhere' };
    case 'security':
      return { event: 'security-failed', check: 'told' };
    default:
      return assertNever(why);
  }
}

/** The own two public keys, for the transcript. */
export function ownKeys(parts: FlowParts): { ed: Bytes; x: Bytes } {
  return { ed: parts.signer.publicKey, x: parts.identityOpener.publicKey };
}
