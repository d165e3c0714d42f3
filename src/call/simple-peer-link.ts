// Our link to one participant: the one place that knows simple-peer. Turns its signals into one description with the first
// candidates, batches the rest, and carries control messages. Only what is expected at each moment gets in (protocol E.38).
import SimplePeer from 'simple-peer';
import { type Bytes, equalBytes } from '../core/bytes.ts';
import { type ControlMessage, formatControlMessage, parseControlMessage } from '../core/control-message.ts';
import type { Sealer } from '../core/ports.ts';
import { checkDescription } from '../core/sdp-filter.ts';
import type { WireCandidate } from '../core/signal.ts';
import { withoutStrayFormats } from '../platform/firefox-description.ts';
import { type CallConnection, controlChannel } from './call-connection.ts';
import type { LinkEvents, RawLink } from './raw-link.ts';

/** Waits this long for a first candidate to travel with the description, and then this long for its neighbours. */
const firstCandidateMs = 25;
const neighbourMs = 4;
/** Later candidates travel together. */
const batchMs = 100;
const maxBatch = 16;
/** Candidates taken from the other side at most (protocol E.21). */
const maxRemoteCandidates = 64;

export class SimplePeerLink implements RawLink {
  readonly #connection: CallConnection;
  readonly #peer: SimplePeer.Instance;
  readonly #events: LinkEvents;
  readonly #sealer: Sealer;
  readonly #role: 'offer' | 'answer';
  #expectedFingerprint: Bytes | undefined;
  #held: WireCandidate[] = [];
  #describedSdp: string | undefined;
  #descriptionSent = false;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #remoteCandidates = 0;
  /** simple-peer's channel once it is open. Not through simple-peer: it may hear of the channel a moment after us. */
  #control: RTCDataChannel | undefined;
  #verified = false;
  #closed = false;

  /** @param connection prepared earlier; simple-peer adopts it through its `wrtc` option instead of making one. */
  constructor(connection: CallConnection, role: 'offer' | 'answer', sealer: Sealer, events: LinkEvents) {
    this.#connection = connection;
    this.#events = events;
    this.#sealer = sealer;
    this.#role = role;
    connection.addEventListener('track', ({ track }) => events.onTrack(track));
    connection.addEventListener('connectionstatechange', () => void this.#connectionChanged());
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') this.#flush();
    });
    // simple-peer tells of the channel only after asking for statistics; the greeting need not wait for that.
    connection.addEventListener('datachannel', ({ channel }) => this.#followChannel(channel));
    if (role === 'offer') connection.onControlChannel((channel) => this.#followChannel(channel));
    const adopted = new Proxy(RTCPeerConnection, { construct: () => connection });
    this.#peer = new SimplePeer({
      initiator: role === 'offer',
      trickle: true,
      channelName: controlChannel,
      wrtc: { RTCPeerConnection: adopted, RTCSessionDescription, RTCIceCandidate },
    });
    this.#peer.on('signal', (signal) => this.#localSignal(signal));
    this.#peer.on('data', (data: Uint8Array) => this.#received(data));
    this.#peer.on('close', () => this.#over('closed'));
    this.#peer.on('error', () => this.#over('failed'));
    if (role === 'offer') connection.beginOffer();
  }

  /** Takes the other side's description. Its fingerprint is what the connection's certificate has to match. */
  takeDescription(sdp: string, fingerprint: Bytes): void {
    if (this.#expectedFingerprint || this.#closed) return;
    this.#expectedFingerprint = fingerprint;
    this.#peer.signal({ type: this.#role === 'offer' ? 'answer' : 'offer', sdp });
  }

  takeCandidates(candidates: readonly WireCandidate[]): void {
    for (const { c, m, i } of candidates) {
      if (this.#closed || ++this.#remoteCandidates > maxRemoteCandidates) return;
      this.#peer.signal({
        type: 'candidate',
        candidate: new RTCIceCandidate({ candidate: c, sdpMid: m, sdpMLineIndex: i }),
      });
    }
  }

  /** Says something over the data channel; false when it is not open. */
  send(message: ControlMessage): boolean {
    if (!this.#control || this.#closed) return false;
    try {
      this.#control.send(formatControlMessage(message));
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#flushTimer);
    this.#peer.destroy();
    this.#connection.close();
  }

  #followChannel(channel: RTCDataChannel): void {
    if (channel.label !== controlChannel) return;
    const opened = () => {
      if (this.#control || this.#closed) return;
      this.#control = channel;
      this.#events.onControlOpen();
    };
    if (channel.readyState === 'open') opened();
    else channel.addEventListener('open', opened);
  }

  #localSignal(signal: SimplePeer.SignalData): void {
    if (this.#closed) return;
    if (signal.type === 'offer' || signal.type === 'answer') {
      const sdp = withoutStrayFormats(signal.sdp ?? '');
      if (this.#descriptionSent) this.send({ t: 'description', type: signal.type, sdp });
      else {
        this.#describedSdp = withoutCandidates(sdp);
        clearTimeout(this.#flushTimer);
        this.#flushTimer = setTimeout(() => this.#flush(), this.#held.length > 0 ? neighbourMs : firstCandidateMs);
      }
      return;
    }
    if (signal.type === 'renegotiate') {
      this.send({ t: 'renegotiate' });
      return;
    }
    if (signal.type !== 'candidate') return;
    const { candidate, sdpMid = null, sdpMLineIndex = null } = signal.candidate;
    if (!candidate) return;
    this.#held.push({ c: candidate, m: sdpMid, i: sdpMLineIndex });
    if (this.#held.length >= maxBatch) this.#flush();
    else if (!this.#descriptionSent && this.#held.length === 1) {
      clearTimeout(this.#flushTimer);
      this.#flushTimer = setTimeout(() => this.#flush(), neighbourMs);
    } else this.#flushTimer ??= setTimeout(() => this.#flush(), batchMs);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    // Candidates may come before the description that they travel with: they wait for it.
    if (this.#describedSdp === undefined) return;
    const held = this.#held.splice(0, maxBatch);
    if (!this.#descriptionSent) {
      this.#descriptionSent = true;
      this.#events.onDescription(this.#describedSdp, held);
    } else if (this.#control)
      for (const { c, m, i } of held) this.send({ t: 'candidate', candidate: c, mid: m, index: i });
    else if (held.length > 0) this.#events.onCandidates(held);
    if (this.#held.length > 0) this.#flush();
  }

  #received(data: Uint8Array): void {
    const message = parseControlMessage(new TextDecoder().decode(data));
    if (!message || this.#closed) return;
    switch (message.t) {
      case 'description': {
        // A renegotiation may change anything but the certificate (protocol E.39).
        const checked = checkDescription(message.sdp);
        if (
          'refused' in checked ||
          !this.#expectedFingerprint ||
          !equalBytes(checked.fingerprint, this.#expectedFingerprint)
        )
          return;
        // Only what is awaited now: simple-peer would destroy itself over anything else.
        const awaited = message.type === 'offer' ? 'stable' : 'have-local-offer';
        if (this.#connection.signalingState === awaited) this.#peer.signal({ type: message.type, sdp: checked.sdp });
        return;
      }
      case 'candidate':
        this.takeCandidates([{ c: message.candidate, m: message.mid, i: message.index }]);
        return;
      case 'renegotiate':
        if (this.#role === 'offer') this.#peer.signal({ type: 'renegotiate', renegotiate: true });
        return;
      case 'hello':
      case 'inbox':
      case 'media':
      case 'bye':
        this.#events.onControl(message);
    }
  }

  async #connectionChanged(): Promise<void> {
    if (this.#closed) return;
    switch (this.#connection.trueConnectionState) {
      case 'connected':
        if (!this.#verified && !(await this.#certificateIsRight())) {
          if (this.#closed) return;
          this.#closed = true;
          this.#events.onForgery();
          return;
        }
        this.#verified = true;
        if (!this.#closed) this.#events.onConnected();
        return;
      case 'disconnected':
        this.#events.onInterrupted();
        return;
      case 'failed':
        if (this.#verified) this.#events.onInterrupted();
        else this.#over('failed');
    }
  }

  /** The certificate that DTLS really used is the one whose fingerprint was signed (protocol E.36). */
  async #certificateIsRight(): Promise<boolean> {
    const expected = this.#expectedFingerprint;
    const certificates = await this.#connection.remoteCertificates();
    const inUse = await Promise.all(
      certificates.map((certificate) => this.#sealer.sha256(new Uint8Array(certificate))),
    );
    return (
      expected !== undefined && inUse.length > 0 && inUse.every((fingerprint) => equalBytes(fingerprint, expected))
    );
  }

  #over(how: 'closed' | 'failed'): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#flushTimer);
    if (how === 'closed') this.#events.onClosed();
    else this.#events.onFailed();
  }
}

/** simple-peer hands over the description with what was gathered meanwhile; candidates travel beside it, once. */
function withoutCandidates(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !/^a=(?:candidate:|end-of-candidates)/.test(line))
    .join('\r\n');
}
