// Sections of one connection that carry what other people send: of each a sound and perhaps a picture, in a stream of their own. A section
// is one person's as long as the connection lives, so that nobody is ever taken for somebody else.
import type { TrackKind } from './call-connection.ts';

export type ForwardedTracks = Readonly<Partial<Record<TrackKind, MediaStreamTrack>>>;

type MakeSection = (kind: TrackKind, track: MediaStreamTrack, stream: MediaStream) => RTCRtpSender;

/**
 * Sections of a kind on one connection: with those of screens in both directions a description stays below what the other side reads
 * (core/sdp-filter.ts). More than six others there are not.
 */
const maxSections: Readonly<Record<TrackKind, number>> = { audio: 6, video: 3 };

interface Person {
  readonly stream: MediaStream;
  readonly senders: Map<TrackKind, RTCRtpSender>;
}

export class ForwardedSections {
  readonly #make: MakeSection;
  readonly #people = new Map<string, Person>();

  /** @param make adds a section to the connection. */
  constructor(make: MakeSection) {
    this.#make = make;
  }

  /** Sends exactly these tracks of somebody from now on. @returns the id of their stream. */
  send(id: string, tracks: ForwardedTracks): string {
    const person = this.#people.get(id) ?? { stream: new MediaStream(), senders: new Map() };
    this.#people.set(id, person);
    for (const kind of ['audio', 'video'] as const) {
      const [sender, track] = [person.senders.get(kind), tracks[kind] ?? null];
      if (sender) replace(sender, track);
      else if (track && this.#count(kind) < maxSections[kind])
        person.senders.set(kind, this.#make(kind, track, person.stream));
    }
    return person.stream.id;
  }

  stop(id: string): void {
    for (const sender of this.#people.get(id)?.senders.values() ?? []) replace(sender, null);
  }

  /** What sends pictures. */
  get pictures(): readonly (RTCRtpSender | undefined)[] {
    return [...this.#people.values()].map(({ senders }) => senders.get('video'));
  }

  #count(kind: TrackKind): number {
    return [...this.#people.values()].filter(({ senders }) => senders.has(kind)).length;
  }
}

/** A connection that is closed by now needs nothing. */
function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  if (sender.track !== track) sender.replaceTrack(track).catch(() => undefined);
}
