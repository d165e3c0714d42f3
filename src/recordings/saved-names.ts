// What a saved track is called.
import type { Segment } from '../core/recording/kept-recording.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';

/** What no system has in the name of a file. */
const plain = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** "Ben 2026-11-29 camera 2.webm". */
export function trackFileName(
  { people, segments, startedAt }: ListedRecording,
  segment: Segment,
  file: string,
): string {
  const name = plain(people.find(({ id }) => id === segment.person)?.name ?? '');
  const own = segments.filter(({ person, part }) => person === segment.person && part === segment.part);
  const date = new Date(startedAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const number = own.length > 1 ? ` ${own.indexOf(segment) + 1}` : '';
  return `${name} ${day} ${segment.part}${number}${file.slice(file.lastIndexOf('.'))}`.trim();
}
