// Which picture stands where in the film of a recording, and when: a list of scenes, each from one change to the next, laid out as on the
// stage of a call. Pure geometry and arithmetic; who agreed is in the log.
import { type Box, layOutLarge, layOutTiles, type Size } from '../stage/tile-layout.ts';
import { type FilmTime, filmTime } from './film-time.ts';
import type { KeptPerson, KeptRecording, Segment, Span, TrackPart } from './kept-recording.ts';

/** What is painted in a place. */
type Picture =
  /** A frame of the file: the one that was there `recordingFromMs` after the beginning, and those after it. */
  | { readonly shows: 'video'; readonly file: string }
  /** The camera was off, or nothing came. */
  | { readonly shows: 'initials' }
  /** In the call and not in the recording. */
  | { readonly shows: 'not-recorded' };

interface Place {
  readonly person: string;
  readonly part: TrackPart;
  readonly box: Box;
  readonly picture: Picture;
}

/** Times are of the film. */
export interface Scene extends Span {
  readonly recordingFromMs: number;
  readonly places: readonly Place[];
}

export interface CompositePlan {
  readonly size: Size;
  readonly lengthMs: number;
  /** One after the other, without a gap. */
  readonly scenes: readonly Scene[];
}

const gap = 8;

/** Ends of segments that the log does not know are those of the recording: a track that is shorter leaves its last picture. */
const endOf = ({ toMs }: Segment, lengthMs: number): number => toMs ?? lengthMs;

const covers = (spans: readonly Span[], atMs: number): boolean =>
  spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);

/** Every moment at which something changes. */
function changes(recording: KeptRecording): readonly number[] {
  const { lengthMs, people, segments, pauses } = recording;
  const spans: readonly Span[] = [
    ...people.flatMap(({ here, dark }) => [...here, ...dark.camera, ...dark.screen]),
    ...segments.map((segment) => ({ fromMs: segment.fromMs, toMs: endOf(segment, lengthMs) })),
    ...pauses,
  ];
  const moments = new Set([0, ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs])]);
  return [...moments].filter((ms) => ms >= 0 && ms < lengthMs).sort((a, b) => a - b);
}

/** The file with somebody's picture at a moment: of two that overlap, the newer. */
function segmentAt(recording: KeptRecording, person: string, part: TrackPart, atMs: number): Segment | undefined {
  return recording.segments.findLast(
    (segment) =>
      segment.person === person &&
      segment.part === part &&
      segment.fromMs <= atMs &&
      atMs < endOf(segment, recording.lengthMs),
  );
}

function cameraAt(recording: KeptRecording, { id, dark, agreed }: KeptPerson, atMs: number): Picture {
  const segment = segmentAt(recording, id, 'camera', atMs);
  if (!segment) return { shows: agreed || id === recording.recorder ? 'initials' : 'not-recorded' };
  return covers(dark.camera, atMs) ? { shows: 'initials' } : { shows: 'video', file: segment.file };
}

/** Who is there at a moment, with the newest of the screens that are shown in the large place. */
function placesAt(recording: KeptRecording, atMs: number, size: Size): readonly Place[] {
  const people = recording.people.filter(({ here }) => covers(here, atMs));
  const screens = people.flatMap((person) => {
    const segment = segmentAt(recording, person.id, 'screen', atMs);
    return segment && !covers(person.dark.screen, atMs) ? [segment] : [];
  });
  const screen = screens.toSorted((a, b) => a.fromMs - b.fromMs).at(-1);
  const cameras = people.map((person) => ({ person: person.id, picture: cameraAt(recording, person, atMs) }));
  if (!screen) {
    // A film has no second page.
    const [boxes = []] = layOutTiles({ count: cameras.length, area: size, gap, minHeight: 0 });
    return inBoxes(cameras, boxes);
  }
  const { large, strip } = layOutLarge(cameras.length, size, gap);
  const [firstPage = []] = strip;
  return [
    { person: screen.person, part: 'screen', box: large, picture: { shows: 'video', file: screen.file } },
    ...inBoxes(cameras, firstPage),
  ];
}

const inBoxes = (
  cameras: readonly { readonly person: string; readonly picture: Picture }[],
  boxes: readonly Box[],
): readonly Place[] =>
  cameras.flatMap((camera, index) => {
    const box = boxes[index];
    return box ? [{ ...camera, part: 'camera', box }] : [];
  });

/** The plan of a film of this size. */
export function compositePlan(
  recording: KeptRecording,
  size: Size,
  film: FilmTime = filmTime(recording.lengthMs, recording.pauses),
): CompositePlan {
  const moments = changes(recording);
  const scenes = moments.flatMap((fromMs, index) => {
    const span = { fromMs, toMs: moments[index + 1] ?? recording.lengthMs };
    const places = placesAt(recording, fromMs, size);
    return film.pieces(span).map((piece): Scene => ({ ...piece, places }));
  });
  return { size, lengthMs: film.lengthMs, scenes };
}
