// The log of a recording: one JSON object a line, only ever appended, so that whatever kills the page costs at most the last line. It says
// which files belong together and when everything happened; times are ms since the beginning of the recording, by the clock of its page.
// Pure: knows no file.
import * as v from 'valibot';
import { type Bytes, utf8 } from '../base/bytes.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { hex32 } from '../base/wire-object.ts';
import { recordingId } from '../group/consent-words.ts';

/** A week: nothing of this lasts longer. */
const longestMs = 7 * 86_400_000;
/** An answer holds a whole signed entry. */
const lineBounds = { maxLength: 16_384, maxTokens: 1_024 };
/** A log of ten hours with a clock reading every second is far below. */
const longestLog = 64_000_000;

const person = hex32;
const at = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(longestMs));
const epochMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** The name of a file beside the log; nothing that could lead out of the folder. */
const file = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,60}\.(?:webm|mp4|mkv)$/));
const shown = v.pipe(v.string(), v.maxLength(256));

const part = v.picklist(['camera', 'screen']);

const lineSchema = v.variant('t', [
  /** The first line, and no other. */
  v.strictObject({
    t: v.literal('recording'),
    v: v.literal(1),
    id: recordingId,
    /** Who records. */
    person,
    name: shown,
    startedAt: epochMs,
  }),
  v.strictObject({ t: v.literal('came'), at, person, name: shown }),
  v.strictObject({ t: v.literal('left'), at, person }),
  /** A file begins; its first picture or sound belongs to `at`. */
  v.strictObject({ t: v.literal('segment'), at, file, person, part, mime: v.pipe(v.string(), v.maxLength(128)) }),
  v.strictObject({ t: v.literal('ended'), at, file }),
  /** The camera or the screen was switched; sound goes on. */
  v.strictObject({ t: v.literal('picture'), at, person, part, on: v.boolean() }),
  /** A reading of both clocks of a track: at `at` the sender's clock stood at `rtp`. */
  v.strictObject({
    t: v.literal('clock'),
    at,
    file,
    kind: v.picklist(['audio', 'video']),
    rtp: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  }),
  /** The signed entry with the answer, as it came. */
  v.strictObject({
    t: v.literal('answer'),
    at,
    person,
    yes: v.boolean(),
    e: v.pipe(v.string(), v.maxLength(4_096)),
    s: v.pipe(v.string(), v.maxLength(86)),
  }),
  /** What was written of the person before is gone. */
  v.strictObject({ t: v.literal('forgotten'), at, person }),
  v.strictObject({ t: v.literal('marker'), at, person, text: shown }),
  /** The marker that was set at that moment is none any more. */
  v.strictObject({ t: v.literal('unmarked'), at }),
  /** Nothing new: it is recorded up to here, whatever ends the page. */
  v.strictObject({ t: v.literal('alive'), at }),
  v.strictObject({ t: v.literal('paused'), at }),
  v.strictObject({ t: v.literal('resumed'), at }),
  v.strictObject({ t: v.literal('named'), at, name: shown }),
  v.strictObject({
    t: v.literal('stopped'),
    at,
    why: v.picklist(['nobody-agreed', 'call-ended', 'failed', 'stopped']),
    by: v.exactOptional(person),
  }),
]);

export type LogLine = Readonly<v.InferOutput<typeof lineSchema>>;
export type FirstLine = Extract<LogLine, { t: 'recording' }>;
export type FurtherLine = Exclude<LogLine, FirstLine>;

const newline = 0x0a;

/** A line as it is appended. */
export const formatLine = (line: LogLine): Bytes => utf8(`${JSON.stringify(line)}\n`);

function parseLine(text: string): LogLine | undefined {
  const json = parseSmallJson(text, 3, lineBounds);
  const parsed = json === undefined ? undefined : v.safeParse(lineSchema, json);
  return parsed?.success ? parsed.output : undefined;
}

export interface ReadLog {
  readonly first: FirstLine;
  readonly lines: readonly FurtherLine[];
  /** Lines that say nothing: of a later version, or damaged. */
  readonly unread: number;
  /** Where the last whole line ends: cut back to it, the file can be appended to. */
  readonly length: number;
}

/**
 * Reads a log that may end anywhere. Only what ends with a line feed counts, so a line that was torn is dropped, in the middle of a
 * letter, too. @returns undefined when not even the first line is there. Never throws.
 */
export function readLog(bytes: Bytes): ReadLog | undefined {
  if (bytes.length > longestLog) return undefined;
  const length = bytes.lastIndexOf(newline) + 1;
  const texts = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
    .decode(bytes.subarray(0, length))
    .split('\n')
    .slice(0, -1);
  const first = parseLine(texts[0] ?? '');
  if (first?.t !== 'recording') return undefined;
  const lines: FurtherLine[] = [];
  for (const text of texts.slice(1)) {
    const line = parseLine(text);
    if (line && line.t !== 'recording') lines.push(line);
  }
  return { first, lines, unread: texts.length - 1 - lines.length, length };
}
