// What a call needs of its connection to the other side, whoever makes it: simple-peer in the product, a double in scenario tests.
import type { Bytes } from '../core/bytes.ts';
import type { ControlMessage } from '../core/control-message.ts';
import type { WireCandidate } from '../core/signal.ts';

export interface LinkEvents {
  /** Our description is ready, with the candidates found so far. */
  onDescription(sdp: string, candidates: readonly WireCandidate[]): void;
  onCandidates(candidates: readonly WireCandidate[]): void;
  onConnected(): void;
  onInterrupted(): void;
  onFailed(): void;
  /** The other side closed the connection without a word. */
  onClosed(): void;
  /** The certificate in use is not the one that was signed. */
  onForgery(): void;
  onControlOpen(): void;
  onControl(message: ControlMessage): void;
  onTrack(track: MediaStreamTrack): void;
}

export interface RawLink {
  takeDescription(sdp: string, fingerprint: Bytes): void;
  takeCandidates(candidates: readonly WireCandidate[]): void;
  /** Says something over the data channel; false when it is not open. */
  send(message: ControlMessage): boolean;
  close(): void;
}

/** Makes the link of a call: whoever offers begins at once. */
export type OpenLink = (role: 'offer' | 'answer', events: LinkEvents) => RawLink;
