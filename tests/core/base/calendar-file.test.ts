// Calendar files that every calendar reads (RFC 5545): lines of 75 bytes, nothing of a text is taken for a line of its own.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Appointment, calendarFile } from '../../../src/core/base/calendar-file.ts';

const plain: Appointment = {
  ...{ uid: 'one', madeAt: 0, from: Date.UTC(2026, 11, 3, 17), until: Date.UTC(2026, 11, 3, 18, 30) },
  ...{ title: 'Talk', text: 'Come', url: 'https://calls.example/#ffc:1:abc' },
};
const linesOf = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');

test('calendar file: one appointment with its times in UTC', () => {
  expect(linesOf(calendarFile(plain))).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//FreeFlow Connect//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    'UID:one',
    'DTSTAMP:19700101T000000Z',
    'DTSTART:20261203T170000Z',
    'DTEND:20261203T183000Z',
    'SUMMARY:Talk',
    'DESCRIPTION:Come',
    'URL:https://calls.example/#ffc:1:abc',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

/** What a calendar reads out of an escaped text. */
const unescaped = (value: string) =>
  value.replaceAll(/\\([nN\\;,])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

// Seen to fail with nothing escaped: a title of two lines makes a line of its own.
test('calendar file: whatever a title or text holds, it is one line of the file and reads as it was written', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '\n', '\r\nATTENDEE:x', '\\n;,'),
      (typed, more) => {
        const title = typed + more;
        const file = calendarFile({ ...plain, title, text: title });
        const lines = linesOf(file);
        expect(lines).toHaveLength(15);
        const expected = title.replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\n]/gu, '');
        expect(unescaped(lines[9]?.slice('SUMMARY:'.length) ?? '')).toBe(expected);
        for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      },
    ),
  );
});
