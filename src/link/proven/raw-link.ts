// What a call needs of its connection to the other side, whoever makes it: simple-peer in the product, a double in scenario tests.
import type { Bytes } from '../../core/base/bytes.ts';
import type { CallWord, ControlMessage, FeatureWord } from '../../core/signaling/control-message.ts';
import type { LinkMessage, WireCandidate } from '../../core/signaling/link-message.ts';

export interface LinkEvents {
  /** Our first description is ready, with the candidates found so far. */
  onDescription(sdp: string, candidates: readonly WireCandidate[]): void;
  /** Candidates found later, and later descriptions. `said`: the data channel has taken it already. */
  onMessage(message: LinkMessage, said: boolean): void;
  /** Up for the first time, with the right certificate; or up again. */
  onConnected(): void;
  onInterrupted(): void;
  /** It never came up. */
  onFailed(): void;
  /** It was up, and now its transport is beyond repair or the browser refuses what has to be done to it. */
  onBroken(): void;
  /** The other side closed the connection without a word. */
  onClosed(): void;
  /** The certificate in use is not the one that was signed. */
  onForgery(): void;
  /** The other side took part in an exchange of descriptions. */
  onHeard(): void;
  onControlOpen(): void;
  /** The other side says something about the link over the data channel. */
  onTold(message: LinkMessage): void;
  /** What it says there about the call. */
  onControl(message: CallWord): void;
  /** Everything else that it says there, unread. */
  onWord(word: FeatureWord): void;
  /** Sections were added: the other side has to be told. */
  onNegotiationNeeded(): void;
}

export interface RawLink {
  /** The other side's first description, with its fingerprint of 32 bytes that the certificate in use must match. */
  takeDescription(sdp: string, fingerprint: Bytes, candidates: readonly WireCandidate[]): void;
  /** What the other side says about the link later on. */
  take(message: LinkMessage): void;
  /** Finds a new way for the same connection (RFC 8839 section 4.4.1.1.1). `round` is higher than that of any offer before. */
  restart(round: number): void;
  /** Offers what was added; nothing if that has happened meanwhile. */
  renegotiate(round: number): void;
  /** Says the offer that waits for its answer again; false if none does. */
  offerAgain(): boolean;
  /** The other side may lack what later pictures are built on: the next one stands by itself. */
  sendKeyFrame(): void;
  /** Says something over the data channel; false when it is not open. */
  send(message: ControlMessage | FeatureWord): boolean;
  close(): void;
}

/** What a link is opened for. */
export interface LinkOpening {
  readonly role: 'offer' | 'answer';
  /** Of two later offers that cross, the polite side drops its own. The same for the whole call. */
  readonly isPolite: boolean;
  /** In place of a connection that could not be saved: on a new one, with the same certificate. */
  readonly isFresh: boolean;
}

/** Makes the link of a call: whoever offers begins at once. */
export type OpenLink = (opening: LinkOpening, events: LinkEvents) => RawLink;
