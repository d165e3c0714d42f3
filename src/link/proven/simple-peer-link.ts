// Our link to one participant: the one place that knows simple-peer, which makes the first descriptions and carries control messages.
// Only what is expected at each moment gets in (docs/hostile-cases.md#e38). What comes after the first answer is Negotiation's.
import SimplePeer from 'simple-peer';
import { type Bytes, equalBytes } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import { mayTryHidden, tryableDescription } from '../../core/network/hidden-address.ts';
import type { ControlMessage, FeatureWord, HeardControl } from '../../core/signaling/control-message.ts';
import {
  type CandidatesMessage,
  type DescriptionMessage,
  type LinkMessage,
  usernameFragment,
  type WireCandidate,
} from '../../core/signaling/link-message.ts';
import { candidateCount, maxCandidates } from '../../core/signaling/sdp-filter.ts';
import { type CallConnection, controlChannel } from '../connection/call-connection.ts';
import { ControlChannel } from './control-channel.ts';
import { Negotiation } from './negotiation.ts';
import { OverlayCandidates } from './overlay-candidates.ts';
import type { LinkEvents, LinkOpening, RawLink } from './raw-link.ts';
import { StallWatch } from './stall-watch.ts';

export interface SimplePeerLinkParts {
  /** Prepared earlier; simple-peer adopts it through its `wrtc` option instead of making one. */
  readonly connection: CallConnection;
  readonly opening: Pick<LinkOpening, 'role' | 'isPolite'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly events: LinkEvents;
}

function hidesAddress(connection: Pick<RTCPeerConnection, 'getConfiguration'>): boolean {
  return connection.getConfiguration().iceTransportPolicy === 'relay';
}

export class SimplePeerLink implements RawLink {
  readonly #parts: SimplePeerLinkParts;
  readonly #connection: CallConnection;
  readonly #peer: SimplePeer.Instance;
  readonly #events: LinkEvents;
  readonly #negotiation: Negotiation;
  readonly #overlayCandidates: OverlayCandidates;
  #watch: StallWatch | undefined;
  #expectedFingerprint: Bytes | undefined;
  /** The username fragment of the other side's first description. */
  #firstFragment: string | undefined;
  #remoteCandidates = 0;
  /** simple-peer's channel, but not through simple-peer: it may hear of the channel a moment after us. */
  readonly #control: ControlChannel;
  #verified = false;
  /** What came or became due before the other side was proven. */
  #earlyDescription: DescriptionMessage | undefined;
  #isNegotiationDue = false;
  #isInterrupted = false;
  #closed = false;

  constructor(parts: SimplePeerLinkParts) {
    const { connection, events } = parts;
    const { role, isPolite } = parts.opening;
    this.#parts = parts;
    this.#connection = connection;
    this.#events = events;
    this.#negotiation = new Negotiation({
      connection,
      get hides() {
        return hidesAddress(connection);
      },
      isPolite,
      theirFingerprint: () => this.#expectedFingerprint,
      sendFirst: (sdp, candidates) => this.#events.onDescription(sdp, candidates),
      send: (message) => this.#events.onMessage(message, this.send(message)),
      onHeard: () => this.#events.onHeard(),
      onBroken: () => this.#events.onBroken(),
    });
    this.#overlayCandidates = new OverlayCandidates(
      parts.clock,
      (fragment, candidate) => this.#negotiation.found(fragment, candidate),
      () => this.#isInterrupted || connection.trueConnectionState !== 'connected',
    );
    this.#control = new ControlChannel({
      clock: parts.clock,
      onOpen: () => events.onControlOpen(),
      onHeard: (heard) => this.#heard(heard),
    });
    connection.addEventListener('negotiationneeded', () => {
      if (this.#closed) return;
      if (this.#verified) events.onNegotiationNeeded();
      // Something was added between the first exchange, which is simple-peer's, and the proof: the browser will not ask again.
      else if (connection.signalingState === 'stable' && connection.remoteDescription) this.#isNegotiationDue = true;
    });
    connection.addEventListener('connectionstatechange', () => void this.#connectionChanged());
    connection.addEventListener('icecandidate', ({ candidate }) => this.#found(candidate));
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') this.#negotiation.gathered();
    });
    // simple-peer tells of the channel only after asking for statistics; the greeting need not wait for that.
    connection.addEventListener('datachannel', ({ channel }) => this.#control.follow(channel));
    if (role === 'offer') connection.onControlChannel((channel) => this.#control.follow(channel));
    const adopted = new Proxy(RTCPeerConnection, { construct: () => connection });
    this.#peer = new SimplePeer({
      initiator: role === 'offer',
      trickle: true,
      channelName: controlChannel,
      wrtc: { RTCPeerConnection: adopted, RTCSessionDescription, RTCIceCandidate },
    });
    this.#peer.on('signal', (signal) => this.#localSignal(signal));
    // Heard from the channel itself, which tells text from bytes; what nobody takes out of simple-peer's stream would pile up in it.
    this.#peer.on('data', () => undefined);
    this.#peer.on('close', () => this.#over('closed'));
    this.#peer.on('error', () => this.#over('failed'));
    if (role === 'offer') connection.beginOffer();
  }

  takeDescription(sdp: string, fingerprint: Bytes, candidates: readonly WireCandidate[]): void {
    if (this.#expectedFingerprint || this.#closed) return;
    this.#expectedFingerprint = fingerprint;
    this.#firstFragment = usernameFragment(sdp);
    this.#remoteCandidates = candidateCount(sdp);
    this.#peer.signal({
      type: this.#parts.opening.role === 'offer' ? 'answer' : 'offer',
      sdp: this.#hides ? tryableDescription(sdp) : sdp,
    });
    this.#takeFirstCandidates(candidates);
  }

  /** Our address stays hidden: only relay candidates are told. It may begin in mid-call. */
  get #hides(): boolean {
    return hidesAddress(this.#connection);
  }

  take(message: LinkMessage): void {
    if (this.#closed) return;
    if (message.t === 'description') {
      if (message.fresh) return;
      if (this.#verified) this.#negotiation.takeDescription(message);
      // One that overtakes our own proof, or by relay even the first exchange, waits for it: it is not said again.
      else this.#earlyDescription = message;
    } else this.#takeCandidates(message);
  }

  restart(round: number): void {
    if (!this.#closed) this.#negotiation.restart(round);
  }

  renegotiate(round: number): void {
    if (!this.#closed) this.#negotiation.renegotiate(round);
  }

  offerAgain(): boolean {
    return !this.#closed && this.#negotiation.offerAgain();
  }

  sendKeyFrame(): void {
    void this.#connection.sendKeyFrames();
  }

  send(message: ControlMessage | FeatureWord): boolean {
    return this.#control.send(message);
  }

  close(): void {
    if (!this.#closed) this.#stop();
    this.#peer.destroy();
    this.#connection.close();
  }

  /** simple-peer makes the first description only; whatever else it wants is not wanted here. */
  #localSignal(signal: SimplePeer.SignalData): void {
    if (this.#closed || (signal.type !== 'offer' && signal.type !== 'answer')) return;
    this.#negotiation.describeFirst(signal.type, signal.sdp ?? '');
  }

  #found(found: RTCIceCandidate | null): void {
    if (!found?.candidate || this.#closed) return;
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment: fragment } = found;
    this.#overlayCandidates.take(fragment ?? '', { c: candidate, m: sdpMid, i: sdpMLineIndex });
  }

  #takeCandidates(message: CandidatesMessage): void {
    if (message.u === this.#firstFragment) this.#takeFirstCandidates(message.c);
    else this.#negotiation.takeCandidates(message);
  }

  /** Through simple-peer, which keeps them until the browser has taken the description. */
  #takeFirstCandidates(candidates: readonly WireCandidate[]): void {
    for (const { c, m, i } of candidates) {
      if (this.#closed || ++this.#remoteCandidates > maxCandidates) return;
      if (this.#hides && !mayTryHidden(c)) continue;
      this.#peer.signal({
        type: 'candidate',
        candidate: new RTCIceCandidate({
          candidate: c,
          sdpMid: m,
          sdpMLineIndex: i,
          usernameFragment: this.#firstFragment || null,
        }),
      });
    }
  }

  #heard(heard: HeardControl): void {
    if ('word' in heard) this.#events.onWord(heard.word);
    else if (heard.message.t === 'description' || heard.message.t === 'candidates') this.#events.onTold(heard.message);
    else this.#events.onControl(heard.message);
  }

  async #connectionChanged(): Promise<void> {
    if (this.#closed) return;
    switch (this.#connection.trueConnectionState) {
      case 'connected':
        if (!this.#verified && !(await this.#certificateIsRight())) {
          if (this.#closed) return;
          this.#stop();
          this.#events.onForgery();
          return;
        }
        if (!this.#closed) this.#up();
        return;
      case 'disconnected':
        this.#interrupted();
        return;
      case 'failed':
        if (!this.#verified && this.#refusesCertificate()) {
          this.#stop();
          this.#events.onForgery();
        } else if (!this.#verified) this.#over('failed');
        else if (this.#connection.sctp?.transport.state === 'failed') this.#events.onBroken();
        else this.#interrupted();
    }
  }

  #up(): void {
    const isFirst = !this.#verified;
    this.#verified = true;
    if (!isFirst && !this.#isInterrupted) return;
    this.#isInterrupted = false;
    this.#watch ??= new StallWatch(this.#parts.clock, this.#connection, {
      onStalled: () => this.#interrupted(),
      onFlowing: () => this.#flows(),
    });
    this.#events.onConnected();
    if (!isFirst || this.#closed) return;
    const early = this.#earlyDescription;
    this.#earlyDescription = undefined;
    if (early) this.#negotiation.takeDescription(early);
    if (this.#isNegotiationDue) this.#events.onNegotiationNeeded();
  }

  #interrupted(): void {
    if (!this.#verified || this.#isInterrupted) return;
    this.#isInterrupted = true;
    this.#watch?.awaitFlow();
    this.#events.onInterrupted();
  }

  /** What arrives counts once ICE agrees that the way works in both directions; its word on that comes as a change of state. */
  #flows(): void {
    if (this.#connection.trueConnectionState === 'connected') this.#up();
  }

  /** The certificate that DTLS really used is the one whose fingerprint was signed (docs/hostile-cases.md#e36). */
  async #certificateIsRight(): Promise<boolean> {
    const expected = this.#expectedFingerprint;
    const certificates = await this.#connection.remoteCertificates();
    const inUse = await Promise.all(
      certificates.map((certificate) => this.#parts.sealer.sha256(new Uint8Array(certificate))),
    );
    return (
      expected !== undefined && inUse.length > 0 && inUse.every((fingerprint) => equalBytes(fingerprint, expected))
    );
  }

  /** There is a way, and over it DTLS gave up: the browser itself has found another certificate than the signed one. */
  #refusesCertificate(): boolean {
    const { iceConnectionState, sctp } = this.#connection;
    return (
      (iceConnectionState === 'connected' || iceConnectionState === 'completed') && sctp?.transport.state === 'failed'
    );
  }

  #over(how: 'closed' | 'failed'): void {
    if (this.#closed) return;
    this.#stop();
    if (how === 'closed') this.#events.onClosed();
    else if (this.#verified) this.#events.onBroken();
    else this.#events.onFailed();
  }

  #stop(): void {
    this.#closed = true;
    this.#control.stop();
    this.#watch?.stop();
    this.#overlayCandidates.stop();
    this.#negotiation.close();
  }
}
