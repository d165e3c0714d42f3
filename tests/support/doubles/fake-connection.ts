// A double for the browser's connection, as far as SimplePeerLink and simple-peer touch it. Import it before anything that needs the
// browser's classes: it puts them into the global scope.

import type { Bytes } from '../../../src/core/base/bytes.ts';
import type { CallConnection } from '../../../src/link/connection/call-connection.ts';

class FakeChannel extends EventTarget {
  readonly label = 'control';
  readyState: RTCDataChannelState = 'connecting';
  readonly sent: string[] = [];
  onmessage: ((event: { readonly data: ArrayBufferLike }) => void) | null = null;
  onopen: (() => void) | null = null;

  open(): void {
    this.readyState = 'open';
    this.onopen?.();
    this.dispatchEvent(new Event('open'));
  }

  send(text: string): void {
    this.sent.push(text);
  }

  /** The other side says something: text, or bytes. */
  receive(data: string | ArrayBufferLike): void {
    this.onmessage?.({ data: typeof data === 'string' ? new TextEncoder().encode(data).buffer : data });
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  close(): void {
    this.readyState = 'closed';
  }
}

/** Remembers what the link lets through to the browser. */
export class FakeConnection extends EventTarget {
  readonly channel = new FakeChannel();
  readonly remoteDescriptions: { readonly type: string; readonly sdp: string }[] = [];
  readonly remoteCandidates: string[] = [];
  /** DER bytes of the certificates that DTLS says the other side has. */
  certificates: readonly Bytes[] = [];
  trueConnectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  sctp: { readonly transport: { state: RTCDtlsTransportState } } | null = null;
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  isClosed = false;
  restarts = 0;
  /** How often an offer that had taken effect was taken back. */
  rollbacks = 0;
  /** Received so far. */
  bytes = 0;
  /** What the browser says to a description of the other side that it cannot take. */
  refusal: Error | undefined;
  ondatachannel: ((event: { readonly channel: FakeChannel }) => void) | null = null;
  /** The description that this end makes. */
  ownSdp: string;
  iceTransportPolicy: RTCIceTransportPolicy = 'all';

  constructor(ownSdp: string) {
    super();
    this.ownSdp = ownSdp;
  }

  getConfiguration(): RTCConfiguration {
    return { iceTransportPolicy: this.iceTransportPolicy };
  }

  /** As the link wants to have it. */
  get asCallConnection(): CallConnection {
    return this as unknown as CallConnection;
  }

  get connectionState(): RTCPeerConnectionState {
    return this.trueConnectionState;
  }

  /** The state of the connection changes, as the browser tells it. */
  become(state: RTCPeerConnectionState): void {
    this.trueConnectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  /** A candidate of its own was found. */
  find(candidate: string): void {
    const found = { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null };
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: found }));
  }

  /** The channel that the other side has made comes up. */
  receiveChannel(): void {
    this.ondatachannel?.({ channel: this.channel });
    this.dispatchEvent(Object.assign(new Event('datachannel'), { channel: this.channel }));
    this.channel.open();
  }

  onControlChannel(tell: (channel: RTCDataChannel) => void): void {
    tell(this.channel as unknown as RTCDataChannel);
  }

  beginOffer(): void {}

  async remoteCertificates(): Promise<readonly ArrayBuffer[]> {
    return this.certificates.map((bytes) => bytes.slice().buffer);
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  async createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    if (options?.iceRestart) this.restarts += 1;
    return { type: 'offer', sdp: this.ownSdp };
  }

  async createAnswer(): Promise<RTCSessionDescriptionInit> {
    return { type: 'answer', sdp: this.ownSdp };
  }

  /** Without a description it makes the one that is due, as browsers do. */
  async setLocalDescription(description?: RTCSessionDescriptionInit): Promise<void> {
    const due = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    const taken = description ?? { type: due, sdp: this.ownSdp };
    if (taken.type === 'rollback') {
      this.rollbacks += 1;
      this.signalingState = 'stable';
      return;
    }
    this.localDescription = taken;
    this.signalingState = taken.type === 'offer' ? 'have-local-offer' : 'stable';
  }

  restartIce(): void {
    this.restarts += 1;
  }

  /** Bytes alone tell of life here. */
  lastHeard(): number {
    return 0;
  }

  async bytesReceived(): Promise<number> {
    return this.bytes;
  }

  async sendKeyFrames(): Promise<void> {}

  isScreen(): boolean {
    return false;
  }

  isForwarded(): boolean {
    return false;
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (this.refusal) throw this.refusal;
    // Browsers take their own offer back before they take another one.
    if (description.type === 'offer' && this.signalingState === 'have-local-offer') this.rollbacks += 1;
    this.remoteDescriptions.push({ type: description.type, sdp: description.sdp ?? '' });
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  async addIceCandidate({ candidate }: { readonly candidate: string }): Promise<void> {
    this.remoteCandidates.push(candidate);
  }

  getTransceivers(): readonly never[] {
    return [];
  }

  async getStats(): Promise<ReadonlyMap<string, unknown>> {
    return new Map();
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = 'closed';
  }
}

/** Descriptions and candidates as the browser's classes keep them. */
class Kept {
  constructor(parts: object) {
    Object.assign(this, parts);
  }
}

Object.assign(globalThis, { RTCPeerConnection: FakeConnection, RTCSessionDescription: Kept, RTCIceCandidate: Kept });
