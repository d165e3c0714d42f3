// One appointment as calendars read it: iCalendar (RFC 5545), a file that stays with whoever makes it. Pure.

export interface Appointment {
  /** Unlike that of any other appointment. */
  readonly uid: string;
  /** Ms since the epoch: when the file is made, when it begins and when it ends. */
  readonly madeAt: number;
  readonly from: number;
  readonly until: number;
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

/** Lines are this long at most, in bytes of UTF-8 (RFC 5545 section 3.1). */
const maxLineBytes = 75;

/** 20261130T124000Z */
const momentOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** TEXT (section 3.3.11): what has a meaning there is escaped, other controls go. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r?\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');

/** An address has no blanks and no controls, and so nothing by which a line could end. */
const plain = (address: string): string => address.replaceAll(/[\s\p{Cc}]/gu, '');

function bytesOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Goes on in the next line, behind a blank; no sign is divided. */
function folded(line: string): string {
  let result = '';
  let bytes = 0;
  for (const sign of line) {
    const size = bytesOf(sign);
    if (bytes + size > maxLineBytes) {
      result += '\r\n ';
      bytes = 1;
    }
    result += sign;
    bytes += size;
  }
  return result;
}

/** The text of an `.ics` file. */
export function calendarFile({ uid, madeAt, from, until, title, text, url }: Appointment): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//FreeFlow Connect//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${plain(uid)}`,
    `DTSTAMP:${momentOf(madeAt)}`,
    `DTSTART:${momentOf(from)}`,
    `DTEND:${momentOf(until)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${plain(url)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
