// Which tracks of somebody there are to be recorded now.
import type { TrackPart } from '../../core/recording/kept-recording.ts';
import type { Participant } from '../model/group-model.ts';
import { isProven, sharesScreen, showsPicture } from '../model/presence.ts';

/** What belongs into one file. */
export interface Source {
  readonly key: string;
  readonly person: string;
  readonly part: TrackPart;
  readonly tracks: readonly MediaStreamTrack[];
}

/** What the person here sends. */
export interface OwnTracks {
  tracks(): {
    readonly microphone: MediaStreamTrack | null;
    readonly camera: MediaStreamTrack | null;
    readonly screen: MediaStream | undefined;
  };
  /** @returns a function that ends it. */
  onChange(tell: () => void): () => void;
}

const isLive = (track: MediaStreamTrack | null | undefined): track is MediaStreamTrack => track?.readyState === 'live';

function sources(person: string, parts: Readonly<Record<TrackPart, readonly MediaStreamTrack[]>>): readonly Source[] {
  return (['camera', 'screen'] as const).flatMap((part) => {
    const tracks = parts[part];
    return tracks.length > 0 ? [{ key: `${person} ${part}`, person, part, tracks }] : [];
  });
}

/** A camera that is off is no track: a file that waits for its pictures would hold back the sound. */
export function theirSources(participant: Participant): readonly Source[] {
  const { remoteStream, remoteScreen } = participant.model;
  const [stream, screen] = [remoteStream.value, remoteScreen.value];
  const hasPicture = showsPicture(participant);
  const showsScreen = sharesScreen(participant);
  if (!isProven(participant)) return [];
  const picture = hasPicture ? (stream?.getVideoTracks() ?? []).filter((track) => !track.muted) : [];
  return sources(participant.id, {
    camera: [...(stream?.getAudioTracks() ?? []), ...picture].filter(isLive),
    screen: showsScreen ? (screen?.getTracks() ?? []).filter(isLive) : [],
  });
}

export function ownSources(
  self: string,
  { microphone, camera, screen }: ReturnType<OwnTracks['tracks']>,
): readonly Source[] {
  return sources(self, {
    camera: [microphone, camera].filter(isLive),
    screen: (screen?.getTracks() ?? []).filter(isLive),
  });
}

export function sameTracks(one: Source, other: Source): boolean {
  return one.tracks.length === other.tracks.length && one.tracks.every((track, at) => track === other.tracks[at]);
}
