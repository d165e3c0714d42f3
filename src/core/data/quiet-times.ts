// When calls do not ring: until the person says so, for a while, by the hours of the day, or one contact for good. Decided anew from the
// clock at each call, so that nothing has to run for it to end. Days and hours are those of this computer. Pure.
import type { Contact } from '../identity/contact.ts';
import type { QuietHours, QuietLength, QuietWhile, Settings } from './settings.ts';

/** What decides whether it rings. */
export type QuietSettings = Pick<
  Settings,
  'doNotDisturb' | 'quietWhile' | 'quietHours' | 'loudUntil' | 'favouritesRing'
>;

/** `until`: when it ends by itself, ms since the epoch; left out if it does not. */
export interface Quiet {
  readonly why: 'chosen' | 'hours';
  readonly until?: number;
}

const hourMs = 3_600_000;
const morningHour = 8;
/** Somebody who asks for quiet until the morning at this hour or before means the morning to come. */
const stillNightHour = 5;
/** A clock that is set back by less than this only drifts. */
const driftMs = 60_000;
/** Hours that follow each other are looked at for a week; what is quiet for longer has no end. */
const mostSpans = 8;

function nextMorning(now: number): number {
  const at = new Date(now);
  const days = at.getHours() < stillNightHour ? 0 : 1;
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, morningHour).getTime();
}

/** Quiet from now on. */
export const quietFor = (length: QuietLength, now: number): QuietWhile => ({
  length,
  from: now,
  until: length === 'hour' ? now + hourMs : nextMorning(now),
});

/**
 * What is left of a while: nothing when it is over, and one that begins anew when the clock was set back since, so that it never lasts longer
 * than was chosen, whatever the clock said then. The same object when nothing is to be changed.
 */
export function quietLeft(chosen: QuietWhile | undefined, now: number): QuietWhile | undefined {
  if (chosen === undefined || now >= chosen.until) return undefined;
  return now < chosen.from - driftMs ? quietFor(chosen.length, now) : chosen;
}

/** When the quiet hours around this moment end; undefined when there are none. */
function hoursEnd({ on, days, from, to }: QuietHours, loudUntil: number, now: number): number | undefined {
  if (!on || now < loudUntil) return undefined;
  const at = new Date(now);
  // Yesterday's may last into this morning.
  for (const daysAgo of [0, 1]) {
    const midnight = new Date(at.getFullYear(), at.getMonth(), at.getDate() - daysAgo);
    if (!days.includes(midnight.getDay())) continue;
    const [year, month, day] = [midnight.getFullYear(), midnight.getMonth(), midnight.getDate()];
    const start = new Date(year, month, day, 0, from).getTime();
    const end = new Date(year, month, to > from ? day : day + 1, 0, to).getTime();
    if (now >= start && now < end) return end;
  }
  return undefined;
}

/** Whether it is quiet now, and until when; undefined when calls ring. */
export function quietNow(settings: QuietSettings, now: number): Quiet | undefined {
  if (settings.doNotDisturb) return { why: 'chosen' };
  const left = quietLeft(settings.quietWhile, now);
  const why = left ? 'chosen' : 'hours';
  let until = left?.until;
  for (let span = 0; span < mostSpans; span += 1) {
    const end = hoursEnd(settings.quietHours, settings.loudUntil, until ?? now);
    if (end === undefined) return until === undefined ? undefined : { why, until };
    until = end;
  }
  return { why };
}

/** Whether a call of this contact is kept quiet now. */
export function isQuietFor(
  settings: QuietSettings,
  contact: Pick<Contact, 'muted' | 'favourite'>,
  now: number,
): boolean {
  if (contact.muted) return true;
  return quietNow(settings, now) !== undefined && !(settings.favouritesRing && contact.favourite);
}

/** The settings by which it is quiet from now on: for a while, or until it is switched off. */
export function quietOn(
  length: QuietLength | 'forever',
  now: number,
): Pick<QuietSettings, 'doNotDisturb' | 'quietWhile'> {
  const isForever = length === 'forever';
  return { doNotDisturb: isForever, quietWhile: isForever ? undefined : quietFor(length, now) };
}

/** The settings by which it is not quiet any more; quiet hours begin again at their next time, or in a day if they never end. */
export function quietOff(
  settings: QuietSettings,
  now: number,
): Pick<QuietSettings, 'doNotDisturb' | 'quietWhile' | 'loudUntil'> {
  const byHours = quietNow({ ...settings, doNotDisturb: false, quietWhile: undefined }, now);
  const loudUntil = byHours ? (byHours.until ?? now + 24 * hourMs) : settings.loudUntil;
  return { doNotDisturb: false, quietWhile: undefined, loudUntil };
}
