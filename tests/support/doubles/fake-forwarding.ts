// Doubles for what one person forwards to another: streams whose tracks say whom one sees and hears, and the two ends of a connection that
// pass them on a moment later.
import type { ForwardingConnection } from '../../../src/call/group/bridging.ts';
import type { Clock } from '../../../src/core/base/ports.ts';
import type { PicturePart } from '../../../src/core/media/shown-size.ts';
import type { ForwardedTracks } from '../../../src/link/connection/forwarded-sections.ts';
import type { ChannelMaker } from '../../../src/link/connection/negotiated-channel.ts';

const renegotiationMs = 50;

/** Somebody's sound and picture: each track's label is their name. */
export function streamOf(name: string): MediaStream {
  return new FakeStream({ audio: track('audio', name), video: track('video', name) }).asMediaStream;
}

function track(kind: 'audio' | 'video', label: string): MediaStreamTrack {
  return { kind, label } as MediaStreamTrack;
}

let streams = 0;

class FakeStream {
  readonly id = `stream-${++streams}`;
  tracks: ForwardedTracks;

  constructor(tracks: ForwardedTracks) {
    this.tracks = tracks;
  }

  getAudioTracks(): MediaStreamTrack[] {
    return this.tracks.audio ? [this.tracks.audio] : [];
  }

  getVideoTracks(): MediaStreamTrack[] {
    return this.tracks.video ? [this.tracks.video] : [];
  }

  get asMediaStream(): MediaStream {
    return this as unknown as MediaStream;
  }
}

export class FakeForwardingEnd implements ChannelMaker, ForwardingConnection {
  readonly #channels: ChannelMaker;
  readonly #clock: Clock;
  readonly #sent = new Map<string, FakeStream>();
  readonly #tells: ((stream: MediaStream) => void)[] = [];
  /** Channels by their label. */
  readonly made = new Map<string, RTCDataChannel>();
  other: FakeForwardingEnd | undefined;

  constructor(channels: ChannelMaker, clock: Clock) {
    this.#channels = channels;
    this.#clock = clock;
  }

  createDataChannel(label: string, options: RTCDataChannelInit): RTCDataChannel {
    const channel = this.#channels.createDataChannel(label, options);
    this.made.set(label, channel);
    return channel;
  }

  forward(person: string, part: PicturePart, tracks: ForwardedTracks | undefined): string | undefined {
    const key = `${part} ${person}`;
    const known = this.#sent.get(key);
    if (!tracks) {
      if (known) known.tracks = {};
      return undefined;
    }
    const stream = known ?? new FakeStream(tracks);
    stream.tracks = tracks;
    this.#sent.set(key, stream);
    const { other } = this;
    if (!known && other)
      this.#clock.after(renegotiationMs, () => {
        for (const tell of other.#tells) tell(stream.asMediaStream);
      });
    return stream.id;
  }

  onForwarded(tell: (stream: MediaStream) => void): void {
    this.#tells.push(tell);
  }

  /** Names of those who are being forwarded to the other end, by their pictures or else their sound. */
  get forwards(): readonly string[] {
    return [...this.#sent.values()].flatMap(({ tracks }) => (tracks.video ?? tracks.audio)?.label ?? []);
  }
}
