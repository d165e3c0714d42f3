// Points in time in the person's own language, short: today only the time, later the day as well.

const dayMs = 86_400_000;

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function momentWords(at: number, now: number): string {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / dayMs);
  if (days === 0) return time;
  if (days === -1) return `${new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(-1, 'day')} ${time}`;
  return `${new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(at)}, ${time}`;
}
