// Points in time in the language of the texts, short: today only the time, later the day as well.
import { formatTag } from '../texts/text.ts';

const dayMs = 86_400_000;

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly daysAgo: Intl.RelativeTimeFormat;
  /** A format keeps the time zone in which it was made: who travels needs another. */
  readonly zoneOffset: number;
}

let formats: Formats | undefined;

/** Making formats costs a hundred times more than using them, and a long chat writes a time beside each message. */
function formatsAt(now: number): Formats {
  const zoneOffset = new Date(now).getTimezoneOffset();
  if (formats?.zoneOffset === zoneOffset) return formats;
  const tag = formatTag();
  formats = {
    time: new Intl.DateTimeFormat(tag, { timeStyle: 'short' }),
    day: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }),
    daysAgo: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    zoneOffset,
  };
  return formats;
}

/** Day and time in full, for whoever looks closer. */
export function wholeMoment(at: number): string {
  return new Intl.DateTimeFormat(formatTag(), { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

export function momentWords(at: number, now: number): string {
  const format = formatsAt(now);
  const time = format.time.format(at);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / dayMs);
  if (days === 0) return time;
  if (days === -1) return `${format.daysAgo.format(-1, 'day')} ${time}`;
  return `${format.day.format(at)}, ${time}`;
}
