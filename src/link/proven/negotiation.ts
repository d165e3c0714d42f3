// What is negotiated after the first offer and answer: new ways for the connection and new media, by either side at any time (perfect
// negotiation, W3C WebRTC 1.0 section 10.7, without its rollback: docs/decisions/0011-no-rollback.md). One thing after another. Knows
// neither data channel nor relay.
import { type Bytes, equalBytes } from '../../core/base/bytes.ts';
import {
  hiddenCandidate,
  hiddenDescription,
  mayTryHidden,
  tryableDescription,
} from '../../core/network/hidden-address.ts';
import {
  type CandidatesMessage,
  type DescriptionMessage,
  type LinkMessage,
  usernameFragment,
  type WireCandidate,
} from '../../core/signaling/link-message.ts';
import {
  candidateCount,
  checkDescription,
  compactDescription,
  expandDescription,
  maxCandidates,
} from '../../core/signaling/sdp-filter.ts';
import { candidatesThatFit } from '../../core/signaling/signal.ts';
import { withoutStrayFormats } from '../../platform/firefox-description.ts';
import { CandidateBatch } from './candidate-batch.ts';
import { EarlyCandidates } from './early-candidates.ts';

/**
 * Whoever may tell the address of a TURN server only has nothing else to say: the first description waits for it. Firefox gives a call up
 * that has no candidate of the other side 5 s after the description.
 */
const relayPatienceMs = 3_000;

/** What it needs of the browser's connection. */
type NegotiatedConnection = Pick<
  RTCPeerConnection,
  | 'signalingState'
  | 'localDescription'
  | 'remoteDescription'
  | 'restartIce'
  | 'createOffer'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
>;

export interface NegotiationParts {
  readonly connection: NegotiatedConnection;
  /** Our address stays hidden: only relay candidates are told, and none is tried that would betray us. It may begin at any time. */
  readonly hides: boolean;
  /** Of two offers that cross, the polite side drops its own. */
  readonly isPolite: boolean;
  /** SHA-256 of the certificate that every description must name, 32 bytes; undefined before the first one came. */
  readonly theirFingerprint: () => Bytes | undefined;
  /** The first description, which simple-peer made. */
  readonly sendFirst: (sdp: string, candidates: readonly WireCandidate[]) => void;
  readonly send: (message: LinkMessage) => void;
  /** The other side took part in an exchange. */
  readonly onHeard: () => void;
  /** The browser refuses what has to be done. */
  readonly onBroken: () => void;
}

export class Negotiation {
  readonly #parts: NegotiationParts;
  readonly #batch: CandidateBatch;
  #queue: Promise<void> = Promise.resolve();
  #isRestartQueued = false;
  /** The own offer that waits for its answer. The polite side's takes effect only then: until then it can be dropped. */
  #offered: { readonly round: number; readonly withheld?: RTCSessionDescriptionInit } | undefined;
  /** The latest exchange that was completed. Offers from before it are late. */
  #settled = 0;
  #described: Pick<DescriptionMessage, 'type' | 'r'> = { type: 'offer', r: 0 };
  /** Candidates whose description is still on its way. */
  readonly #early = new EarlyCandidates();
  #taken = 0;
  #isOver = false;

  constructor(parts: NegotiationParts) {
    this.#parts = parts;
    this.#batch = new CandidateBatch({
      description: (sdp, candidates) => this.#sendDescription(sdp, candidates),
      candidates: (u, c) => parts.send({ t: 'candidates', u, c: [...c] }),
    });
  }

  /** simple-peer has made the first description: it goes out with the first candidates. */
  describeFirst(type: DescriptionMessage['type'], sdp: string): void {
    this.#describe(type, 0, sdp);
  }

  /** An offer with new ICE credentials. Asked again before it was made, it is made once. */
  restart(round: number): void {
    if (this.#isRestartQueued) return;
    this.#isRestartQueued = true;
    this.#next(async () => {
      this.#isRestartQueued = false;
      await this.#offer(round, true);
    });
  }

  /** An offer of what was added. Nothing while another exchange runs: the browser asks again after it. */
  renegotiate(round: number): void {
    this.#next(async () => {
      if (this.#parts.connection.signalingState === 'stable' && !this.#offered) await this.#offer(round, false);
    });
  }

  /** The offer that waits goes out again; false if none waits. */
  offerAgain(): boolean {
    if (this.#offered === undefined) return false;
    this.#batch.again();
    return true;
  }

  takeDescription(message: DescriptionMessage): void {
    this.#next(() => (message.type === 'offer' ? this.#takeOffer(message) : this.#takeAnswer(message)));
  }

  /** Candidates of the description that is in force are taken, of one that is still to come kept, of an older one dropped. */
  takeCandidates(message: CandidatesMessage): void {
    const { connection } = this.#parts;
    if (message.u === usernameFragment(connection.remoteDescription?.sdp ?? '')) this.#addCandidates(message);
    else this.#early.keep(message.u, message);
  }

  /** A candidate of ours. `fragment` is the username fragment that it belongs to, empty where the browser does not tell. */
  found(fragment: string, candidate: WireCandidate): void {
    const told = this.#parts.hides ? hiddenCandidate(candidate.c) : candidate.c;
    if (told) this.#batch.found(fragment, { ...candidate, c: told });
  }

  gathered(): void {
    this.#batch.flush();
  }

  close(): void {
    this.#isOver = true;
    this.#batch.stop();
  }

  #next(act: () => Promise<void>): void {
    this.#queue = this.#queue
      .then(() => (this.#isOver ? undefined : act()))
      .catch(() => {
        if (!this.#isOver) this.#parts.onBroken();
      });
  }

  async #offer(round: number, iceRestart: boolean): Promise<void> {
    const { connection, isPolite } = this.#parts;
    const { signalingState } = connection;
    // Anything but these two would make an answer, or fail.
    if (signalingState !== 'stable' && signalingState !== 'have-local-offer') return;
    if (isPolite) {
      const withheld = await connection.createOffer({ iceRestart });
      this.#offered = { round, withheld };
      this.#describe('offer', round, withheld.sdp);
      return;
    }
    if (iceRestart) connection.restartIce();
    await connection.setLocalDescription();
    this.#offered = { round };
    this.#describe('offer', round);
  }

  async #takeOffer({ r, sdp, c }: DescriptionMessage): Promise<void> {
    const { connection, isPolite } = this.#parts;
    if (r <= this.#settled) {
      // Our answer was lost.
      if (r === this.#described.r && this.#described.type === 'answer') this.#batch.again();
      return;
    }
    if (connection.signalingState === 'have-local-offer' && !isPolite) {
      // Ours goes before theirs, and there is a way again: it may have been lost.
      this.#batch.again();
      return;
    }
    const checked = this.#check(sdp);
    if (checked === undefined) return;
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp: checked });
      this.#offered = undefined;
      await connection.setLocalDescription();
    } catch (error) {
      await connection.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
      throw error;
    }
    this.#settled = r;
    this.#remoteDescribed(checked, c);
    this.#describe('answer', r);
    this.#parts.onHeard();
  }

  async #takeAnswer({ r, sdp, c }: DescriptionMessage): Promise<void> {
    const { connection } = this.#parts;
    if (r !== this.#offered?.round) return;
    const { withheld } = this.#offered;
    if (connection.signalingState !== (withheld ? 'stable' : 'have-local-offer')) return;
    const checked = this.#check(sdp);
    if (checked === undefined) return;
    if (withheld) await connection.setLocalDescription(withheld);
    await connection.setRemoteDescription({ type: 'answer', sdp: checked });
    this.#offered = undefined;
    this.#settled = r;
    this.#remoteDescribed(checked, c);
    this.#parts.onHeard();
  }

  /** A later description may change anything but the certificate (docs/hostile-cases.md#e39). */
  #check(sdp: string): string | undefined {
    const checked = checkDescription(expandDescription(sdp));
    const expected = this.#parts.theirFingerprint();
    if ('refused' in checked || !expected || !equalBytes(checked.fingerprint, expected)) return undefined;
    return this.#parts.hides ? tryableDescription(checked.sdp) : checked.sdp;
  }

  #describe(
    type: DescriptionMessage['type'],
    r: number,
    sdp = this.#parts.connection.localDescription?.sdp ?? '',
  ): void {
    this.#described = { type, r };
    const own = withoutStrayFormats(sdp);
    if (!this.#parts.hides) this.#batch.describe(own);
    // An offer that is withheld finds no candidate before its answer.
    else this.#batch.describe(hiddenDescription(own), r === 0 ? relayPatienceMs : undefined);
  }

  #sendDescription(sdp: string, candidates: readonly WireCandidate[]): void {
    if (this.#described.r === 0) {
      this.#parts.sendFirst(sdp, candidates);
      return;
    }
    const compact = compactDescription(sdp);
    const { first, rest } = candidatesThatFit(compact, candidates);
    this.#parts.send({ t: 'description', ...this.#described, fresh: false, sdp: compact, c: [...first] });
    if (rest.length > 0) this.#parts.send({ t: 'candidates', u: usernameFragment(sdp), c: [...rest] });
  }

  #remoteDescribed(sdp: string, candidates: readonly WireCandidate[]): void {
    const u = usernameFragment(sdp);
    this.#taken = candidateCount(sdp);
    this.#addCandidates({ u, c: candidates });
    for (const message of this.#early.take(u)) this.#addCandidates(message);
  }

  #addCandidates({ u, c }: { readonly u: string; readonly c: readonly WireCandidate[] }): void {
    for (const { c: candidate, m, i } of c) {
      if (this.#isOver || ++this.#taken > maxCandidates) return;
      if (this.#parts.hides && !mayTryHidden(candidate)) continue;
      const init = { candidate, sdpMid: m, sdpMLineIndex: i, usernameFragment: u };
      // One that the browser cannot use is no harm to the others.
      this.#parts.connection.addIceCandidate(init).catch(() => undefined);
    }
  }
}
