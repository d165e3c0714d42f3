// Our RTCPeerConnection: made ready before anyone says yes, adopted by simple-peer afterwards. Always has one audio and one video
// section, so that tracks come and go by replaceTrack and a voice call looks like a video call. Knows no signaling, and leaves what its
// senders let out to quality-control.ts.
import { screenLimits } from '../../core/media/call-quality.ts';
import type { PicturePart } from '../../core/media/shown-size.ts';
import { ForwardedSections, type ForwardedTracks } from './forwarded-sections.ts';
import { HeldChannels } from './held-channels.ts';
import { LastHeard } from './last-heard.ts';
import { restrictFormats } from './section-formats.ts';
import { askKeyFrame } from './sender-parameters.ts';
import type { TrackKind } from './track-kind.ts';
import { withVoiceOptions } from './voice-options.ts';

/** Bitrate cap for forwarded video: its sender has scaled it down already, and it is encoded again beside our own. */
const forwardedBitsPerSecond: Readonly<Record<PicturePart, number>> = {
  person: 600_000,
  screen: screenLimits.bitsPerSecond,
};
const certificatePollMs = 10;
/** simple-peer's channel, which carries control messages. */
export const controlChannel = 'control';

/** 32 bytes: SHA-256 of a certificate, read from an offer, which every browser can make. Warms the media engine up on the way. */
export async function fingerprintSdp(certificate: RTCCertificate): Promise<string> {
  const throwAway = new RTCPeerConnection({ certificates: [certificate], iceServers: [] });
  try {
    throwAway.addTransceiver('audio');
    throwAway.addTransceiver('video');
    return (await throwAway.createOffer()).sdp ?? '';
  } finally {
    throwAway.close();
  }
}

/** Where calls are switched off there is no such class; the page says so instead of making one. */
const BrowserConnection = (
  typeof RTCPeerConnection === 'undefined' ? Object : RTCPeerConnection
) as typeof RTCPeerConnection;

export class CallConnection extends BrowserConnection {
  readonly #tracks: Record<TrackKind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #senders = new Map<TrackKind, RTCRtpSender>();
  readonly #screenSenders = new Map<TrackKind, RTCRtpSender>();
  readonly #forwarded = new ForwardedSections((kind, part, track, stream) =>
    this.#addSendSection(kind, track, forwardedBitsPerSecond[part], [stream]),
  );
  readonly #restricted = new WeakSet<RTCRtpTransceiver>();
  readonly #lastHeard = new LastHeard();
  #screen: MediaStream | undefined;
  #tellSending: (() => void) | undefined;
  #readyChannel: RTCDataChannel | undefined;
  #heldChannels: HeldChannels | undefined;
  #readyOffer: Promise<RTCSessionDescriptionInit> | undefined;
  #begun: Promise<void> | undefined;

  constructor(configuration: RTCConfiguration) {
    // One transport for everything: fewer candidates, and one certificate to check.
    super({ bundlePolicy: 'max-bundle', ...configuration });
    this.addEventListener('connectionstatechange', () => {
      if (super.connectionState === 'connected' && this.#screen && this.#screenSenders.size === 0)
        void this.setScreen(this.#screen).catch(() => undefined);
    });
  }

  /** Makes a whole offer in advance. Gathers nothing and sends nothing: that begins with setLocalDescription. */
  prepareOffer(kinds: readonly TrackKind[] = ['audio', 'video']): void {
    for (const kind of kinds) {
      const transceiver = this.addTransceiver(this.#tracks[kind] ?? kind, { direction: 'sendrecv' });
      this.#adopt(kind, transceiver);
    }
    this.#readyChannel = super.createDataChannel(controlChannel);
    this.#readyOffer = super.createOffer();
  }

  /** The person said yes: the offer made in advance takes effect, and gathering begins, without waiting for simple-peer's turn. */
  beginOffer(): void {
    this.#begun ??= this.#readyOffer?.then((offer) => super.setLocalDescription(offer));
  }

  /**
   * From now on only relay candidates are gathered, and told, whatever was before: what the other side knows it knows. A browser that
   * does not change its mind loses the connection.
   */
  hideAddress(servers: readonly RTCIceServer[]): void {
    if (this.signalingState === 'closed') return;
    try {
      this.setConfiguration({ ...this.getConfiguration(), iceServers: [...servers], iceTransportPolicy: 'relay' });
    } catch {
      this.close();
    }
  }

  /** simple-peer sets the offer that has taken effect already. */
  override setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
    const begun = this.#begun;
    this.#begun = undefined;
    return begun ?? super.setLocalDescription(description);
  }

  /** Tells of the control channel that this side makes, as soon as it is there. */
  onControlChannel(tell: (channel: RTCDataChannel) => void): void {
    if (this.#readyChannel) tell(this.#readyChannel);
  }

  /** Makes the channels by number at once: whoever asks for one later hears what has come on it until then. Before the first description. */
  holdChannels(): void {
    this.#heldChannels = new HeldChannels((label, options) => super.createDataChannel(label, options));
  }

  /** simple-peer asks for the channel and the offer that were made ready; later ones are made anew. */
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const ready = this.#readyChannel;
    if (ready?.label !== label) return this.#heldChannels?.take(options?.id) ?? super.createDataChannel(label, options);
    this.#readyChannel = undefined;
    return ready;
  }

  override createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit>;
  override createOffer(
    success: RTCSessionDescriptionCallback,
    failure: RTCPeerConnectionErrorCallback,
    options?: RTCOfferOptions,
  ): Promise<void>;
  override createOffer(
    first?: RTCOfferOptions | RTCSessionDescriptionCallback,
  ): Promise<RTCSessionDescriptionInit> | Promise<void> {
    const ready = this.#readyOffer;
    this.#readyOffer = undefined;
    return ready ?? super.createOffer(typeof first === 'object' ? first : undefined);
  }

  /** Whether this section carries the other side's screen: whatever comes beside the first of its kind. */
  isScreen({ receiver, sender }: RTCRtpTransceiver): boolean {
    const first = this.#senders.get(receiver.track.kind === 'audio' ? 'audio' : 'video');
    return first !== undefined && first !== sender;
  }

  /** Whether this comes from somebody else than the other side: only such sections name a stream. */
  isForwarded({ streams, transceiver }: Pick<RTCTrackEvent, 'streams' | 'transceiver'>): boolean {
    return streams.length > 0 && this.isScreen(transceiver);
  }

  /** Calls back with each stream that the other side forwards. */
  onForwarded(tell: (stream: MediaStream) => void): void {
    this.addEventListener('track', (event) => {
      const [stream] = event.streams;
      if (stream && this.isForwarded(event)) tell(stream);
    });
  }

  /**
   * Sends what comes from somebody else on to the other side, or stops.
   * @returns the id of the stream in which it comes there; undefined while nothing of it is sent.
   */
  forward(person: string, part: PicturePart, tracks: ForwardedTracks | undefined): string | undefined {
    if (!tracks) this.#forwarded.stop(person, part);
    else if (super.connectionState === 'connected') return this.#forwarded.send(person, part, tracks);
    return undefined;
  }

  /** Shows this screen, with its sound if it has one, or none. In sections of its own, which are made when they are first needed. */
  async setScreen(screen: MediaStream | undefined): Promise<void> {
    this.#screen = screen;
    if (super.connectionState !== 'connected') return;
    for (const kind of ['video', 'audio'] as const) {
      const track = (kind === 'video' ? screen?.getVideoTracks() : screen?.getAudioTracks())?.[0];
      const sender = this.#screenSenders.get(kind);
      if (sender) await sender.replaceTrack(track ?? null);
      else if (track) {
        this.#screenSenders.set(kind, this.#addSendSection(kind, track, screenLimits.bitsPerSecond, []));
        this.#tellSending?.();
      }
    }
  }

  #addSendSection(kind: TrackKind, track: MediaStreamTrack, maxBitrate: number, streams: MediaStream[]): RTCRtpSender {
    const sendEncodings = kind === 'video' ? [{ maxBitrate }] : [];
    const transceiver = this.addTransceiver(track, { direction: 'sendonly', sendEncodings, streams });
    restrictFormats(kind, transceiver);
    return transceiver.sender;
  }

  /** Sends this track, or nothing, from now on; no renegotiation is needed. */
  async setTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[kind] = track;
    const sender = this.#senders.get(kind);
    if (!sender || this.signalingState === 'closed') return;
    await sender.replaceTrack(track);
    this.#tellSending?.();
  }

  /** What sends this kind; undefined until there is a section for it. */
  sender(kind: TrackKind): RTCRtpSender | undefined {
    return this.#senders.get(kind);
  }

  /** What sends the picture of the own screen; undefined until it has been shown once. */
  screenSender(): RTCRtpSender | undefined {
    return this.#screenSenders.get('video');
  }

  /** Calls back when there is a new sender, or another track on one. */
  onSending(tell: () => void): void {
    this.#tellSending = tell;
  }

  /** An offer's sections are answered with both directions and our tracks, whether we have them yet or not. */
  override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    // Field by field: one made by the browser keeps them in its prototype.
    const { type, sdp = '' } = description;
    await super.setRemoteDescription({ type, sdp: withVoiceOptions(sdp) });
    if (type !== 'offer') return;
    for (const transceiver of this.getTransceivers()) {
      const kind = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video';
      if (this.#senders.has(kind)) {
        if (this.isScreen(transceiver)) this.#restrictTheirs(kind, transceiver);
        continue;
      }
      transceiver.direction = 'sendrecv';
      this.#adopt(kind, transceiver);
      const track = this.#tracks[kind];
      // Not waited for: the answer does not depend on it.
      if (track) void this.setTrack(kind, track).catch(() => undefined);
    }
  }

  /** simple-peer destroys itself on `failed`; for us a failed link may still come back, so it sees `disconnected` instead. */
  override get connectionState(): RTCPeerConnectionState {
    const state = super.connectionState;
    return state === 'failed' ? 'disconnected' : state;
  }

  override get iceConnectionState(): RTCIceConnectionState {
    const state = super.iceConnectionState;
    return state === 'failed' ? 'disconnected' : state;
  }

  /** What the browser really says. */
  get trueConnectionState(): RTCPeerConnectionState {
    return super.connectionState;
  }

  /**
   * DER bytes of the certificates that the other side really used (docs/protocol.md#binding): one per transport that is connected. Empty
   * if the browser tells none within 2 s: the transports appear here a moment later than the state `connected`, now and then, and one
   * that was bundled away tells none at all.
   */
  async remoteCertificates(): Promise<readonly ArrayBuffer[]> {
    for (let waitedMs = 0; waitedMs < 2_000; waitedMs += certificatePollMs) {
      const transports = new Set([this.sctp?.transport, ...this.getReceivers().map(({ transport }) => transport)]);
      const certificates = [...transports].flatMap((transport) => transport?.getRemoteCertificates()[0] ?? []);
      if (certificates.length > 0 || this.signalingState === 'closed') return certificates;
      await new Promise((resolve) => setTimeout(resolve, certificatePollMs));
    }
    return [];
  }

  /** When the newest sound or picture of the other side was handed to this page, in ms; 0 before the first. */
  lastHeard(): number {
    return this.#lastHeard.look(this.getReceivers());
  }

  /** Bytes received so far over the paths that are in use; it may go down when a path is given up. */
  async bytesReceived(): Promise<number> {
    let bytes = 0;
    for (const report of (await this.getStats()).values())
      if (report.type === 'candidate-pair') bytes += report.bytesReceived ?? 0;
    return bytes;
  }

  /** The next pictures stand by themselves: the other side may lack what they would be built on. */
  async sendKeyFrames(): Promise<void> {
    const senders = [this.#senders.get('video'), this.#screenSenders.get('video'), ...this.#forwarded.pictures];
    await Promise.all(senders.map((sender) => (sender?.track ? askKeyFrame(sender) : undefined)));
  }

  /**
   * A section that the other side has made, for its screen or for somebody else. Left alone, a later offer of ours would name all that
   * this browser knows in it: the other side sends what it reads there, even what its answer leaves out and we then do not take.
   */
  #restrictTheirs(kind: TrackKind, transceiver: RTCRtpTransceiver): void {
    if (this.#restricted.has(transceiver)) return;
    this.#restricted.add(transceiver);
    restrictFormats(kind, transceiver);
  }

  #adopt(kind: TrackKind, transceiver: RTCRtpTransceiver): void {
    restrictFormats(kind, transceiver);
    this.#senders.set(kind, transceiver.sender);
    this.#tellSending?.();
  }
}
