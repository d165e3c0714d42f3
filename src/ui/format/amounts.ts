// Amounts of bytes and of time in the language of the texts.
import { formatTag } from '../texts/text.ts';

/** A row whose bar moves writes several amounts with each picture; making a format costs a hundred times more than using it. */
const formats = new Map<string, Intl.NumberFormat>();

function unitFormat(unit: string, unitDisplay: 'long' | 'short', maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${unit} ${unitDisplay} ${maximumFractionDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(formatTag(), { style: 'unit', unit, unitDisplay, maximumFractionDigits });
    formats.set(key, format);
  }
  return format;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 0 byte, 12 kB, 3.4 MB: three figures at most, in steps of a thousand as systems show file sizes. */
export function byteWords(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  const maximumFractionDigits = unit === 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2;
  return unitFormat(units[unit] ?? 'byte', unit === 0 ? 'long' : 'short', maximumFractionDigits).format(amount);
}

/** 4 sec, 3 min, 2 hr: rounded up, because it takes at least that long. */
export function timeLeftWords(seconds: number): string {
  const [amount, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3_600 ? [seconds / 60, 'minute'] : [seconds / 3_600, 'hour'];
  return unitFormat(unit, 'short', 0).format(Math.max(1, Math.ceil(amount)));
}
