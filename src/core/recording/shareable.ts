// Who has to have agreed before a recording, or one track of it, is shown to anybody but whoever made it. Pure.
import type { KeptRecording, Segment } from './kept-recording.ts';

/**
 * Those who are written in it and whose last answer is not a yes: one who stopped it, or took the yes back, is in it until then, and did not agree to
 * more. @param segment that track alone; without one all of them.
 */
export function whoDidNotAgree(
  { people, segments, recorder }: Pick<KeptRecording, 'people' | 'segments' | 'recorder'>,
  segment?: Segment,
): readonly string[] {
  const written = new Set((segment ? [segment] : segments).map(({ person }) => person));
  return people.flatMap(({ id, agreed }) => (written.has(id) && id !== recorder && agreed !== true ? [id] : []));
}
