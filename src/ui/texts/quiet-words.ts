// Do not disturb in words: until when it lasts.
import type { Quiet } from '../../core/data/quiet-times.ts';
import { formatTag, text } from './text.ts';

const dayMs = 86_400_000;

/** `now` is ms since the epoch. An end on another day than today is told with its day. */
export function quietWords({ until }: Quiet, now: number): string {
  if (until === undefined) return text('uiDndOn');
  const isToday = new Date(until).toDateString() === new Date(now).toDateString();
  const isFar = until - now > 6 * dayMs;
  const words = new Intl.DateTimeFormat(formatTag(), {
    hour: 'numeric',
    minute: '2-digit',
    ...(isToday ? {} : isFar ? { day: 'numeric', month: 'long' } : { weekday: 'long' }),
  }).format(until);
  return text('uiDndUntil', words);
}
