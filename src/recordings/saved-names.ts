// What saved files are called, and how long they are there to be saved.
import type { Segment } from '../core/recording/kept-recording.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';

/** A long file takes its time to be read, in ms. */
export const readableMs = 600_000;

/** What no system has in the name of a file. */
const plain = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const two = (value: number): string => String(value).padStart(2, '0');

function dayOf(startedAt: number): string {
  const date = new Date(startedAt);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const endingOf = (file: string): string => file.slice(file.lastIndexOf('.'));

/** Systems refuse names that are much longer. */
const longestName = 120;

/** "Ben and Carol 2026-11-29.mp4". */
export function filmName({ name, startedAt }: Pick<ListedRecording, 'name' | 'startedAt'>, file: string): string {
  const short = [...plain(name)].slice(0, longestName).join('');
  return `${short} ${dayOf(startedAt)}${endingOf(file)}`.trim();
}

/** "Ben 2026-11-29 camera 2.webm". */
export function trackFileName(
  { people, segments, startedAt }: ListedRecording,
  segment: Segment,
  file: string,
): string {
  const name = plain(people.find(({ id }) => id === segment.person)?.name ?? '');
  const own = segments.filter(({ person, part }) => person === segment.person && part === segment.part);
  const day = dayOf(startedAt);
  const number = own.length > 1 ? ` ${own.indexOf(segment) + 1}` : '';
  return `${name} ${day} ${segment.part}${number}${endingOf(file)}`.trim();
}
