// Sections of one connection that carry what other people send: of each a sound and perhaps a picture, in a stream of their own, and the
// screen that they show in another. A section is one person's as long as the connection lives, so that nobody is ever taken for somebody else.
import type { PicturePart } from '../../core/media/shown-size.ts';
import type { TrackKind } from './track-kind.ts';

export type ForwardedTracks = Readonly<Partial<Record<TrackKind, MediaStreamTrack>>>;

type MakeSection = (kind: TrackKind, part: PicturePart, track: MediaStreamTrack, stream: MediaStream) => RTCRtpSender;

/**
 * Sections of a kind on one connection: with those of screens in both directions a description stays below what the other side reads
 * (core/signaling/sdp-filter.ts). More than six others there are not.
 */
const maxSections: Readonly<Record<TrackKind, number>> = { audio: 6, video: 3 };

interface Source {
  readonly stream: MediaStream;
  readonly senders: Map<TrackKind, RTCRtpSender>;
}

export class ForwardedSections {
  readonly #make: MakeSection;
  /** By part and person. */
  readonly #sources = new Map<string, Source>();

  /** @param make adds a section to the connection. */
  constructor(make: MakeSection) {
    this.#make = make;
  }

  /** Sends exactly these tracks of somebody from now on. @returns the id of their stream. */
  send(id: string, part: PicturePart, tracks: ForwardedTracks): string {
    const key = `${part} ${id}`;
    const source = this.#sources.get(key) ?? { stream: new MediaStream(), senders: new Map() };
    this.#sources.set(key, source);
    for (const kind of ['audio', 'video'] as const) {
      const [sender, track] = [source.senders.get(kind), tracks[kind] ?? null];
      if (sender) replace(sender, track);
      else if (track && this.#count(kind) < maxSections[kind])
        source.senders.set(kind, this.#make(kind, part, track, source.stream));
    }
    return source.stream.id;
  }

  stop(id: string, part: PicturePart): void {
    for (const sender of this.#sources.get(`${part} ${id}`)?.senders.values() ?? []) replace(sender, null);
  }

  /** What sends pictures. */
  get pictures(): readonly (RTCRtpSender | undefined)[] {
    return [...this.#sources.values()].map(({ senders }) => senders.get('video'));
  }

  #count(kind: TrackKind): number {
    return [...this.#sources.values()].filter(({ senders }) => senders.has(kind)).length;
  }
}

/** A connection that is closed by now needs nothing. */
function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  if (sender.track !== track) sender.replaceTrack(track).catch(() => undefined);
}
