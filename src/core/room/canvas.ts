// Drawings of a room: strokes and shapes are entries, so that everybody answers for what they draw. Points travel as differences, each number
// in as few bytes as it needs.
import { fromBase64url, toBase64url } from '../base/bytes.ts';
import type { BodyOf } from './entry-body.ts';
import { fieldsIn, isSaid, type RoomFacts, Targets } from './room-facts.ts';

/** What one canvas holds; then a new one is begun. */
export const maxDrawn = 5_000;
const maxPoints = 2_000;

type ShapeFields = Omit<BodyOf<'shape'>, 'k' | 'canvas'>;
type StrokeFields = Omit<BodyOf<'stroke'>, 'k' | 'canvas'>;

type Drawn = { readonly id: string; readonly author: string; readonly at: number } & (
  | ({ readonly is: 'stroke' } & StrokeFields)
  | ({ readonly is: 'shape' } & ShapeFields)
);

export interface Canvas {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  /** In the order in which it is painted. */
  readonly drawn: readonly Drawn[];
  readonly isFull: boolean;
}

/** All drawings of a room, oldest first. Every member may move and erase everything. */
export function canvasesOf({ counted }: RoomFacts): readonly Canvas[] {
  const canvases = new Targets<{ readonly id: string; readonly author: string; readonly title: string }>();
  const drawn = new Targets<Drawn | undefined>();
  const onCanvas = new Map<string, string[]>();
  for (const entry of counted) {
    const { id, author, at } = entry;
    if (isSaid(entry, 'canvas')) canvases.set(entry, { id, author, title: entry.body.title });
    else if (isSaid(entry, 'stroke', 'shape')) {
      const ids = onCanvas.get(entry.body.canvas) ?? [];
      if (!canvases.of(entry.body.canvas, entry) || ids.length >= maxDrawn) continue;
      onCanvas.set(entry.body.canvas, ids);
      ids.push(id);
      const { k, canvas: _canvas, ...fields } = entry.body;
      drawn.set(entry, { id, author, at, is: k, ...fields } as Drawn);
    } else if (isSaid(entry, 'shape-set')) {
      const shape = drawn.of(entry.body.of, entry);
      if (shape?.value?.is === 'shape') drawn.change(shape.entry.id, { ...shape.value, ...fieldsIn(entry.body) });
    } else if (isSaid(entry, 'erase'))
      for (const erased of entry.body.of) if (drawn.of(erased, entry)) drawn.change(erased, undefined);
  }
  const there = new Map(drawn.values.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  return canvases.values.map((canvas) => {
    const ids = onCanvas.get(canvas.id) ?? [];
    return { ...canvas, drawn: ids.flatMap((id) => there.get(id) ?? []), isFull: ids.length >= maxDrawn };
  });
}

/** One point of a stroke: its place, and the pressure of the pen from 0 to 255. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** Differences in zigzag form (0, -1, 1, -2 …), seven bits a byte, the least first. */
export function formatPoints(points: readonly Point[]): string {
  const bytes: number[] = [];
  let last: Point = { x: 0, y: 0, pressure: 0 };
  for (const point of points) {
    for (const difference of [point.x - last.x, point.y - last.y, point.pressure - last.pressure]) {
      let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
      bytes.push(rest);
    }
    last = point;
  }
  return toBase64url(Uint8Array.from(bytes));
}

/** @returns undefined for everything that is not exactly some points. Never throws. */
export function parsePoints(text: string): readonly Point[] | undefined {
  const numbers: number[] = [];
  let [value, factor] = [0, 1];
  for (const byte of fromBase64url(text) ?? []) {
    value += (byte % 128) * factor;
    if (value > 2 ** 24) return undefined;
    if (byte >= 128) {
      factor *= 128;
      continue;
    }
    if (byte === 0 && factor > 1) return undefined;
    numbers.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    [value, factor] = [0, 1];
  }
  if (factor > 1 || numbers.length === 0 || numbers.length % 3 !== 0 || numbers.length > 3 * maxPoints)
    return undefined;
  const points: Point[] = [];
  let last: Point = { x: 0, y: 0, pressure: 0 };
  for (let i = 0; i < numbers.length; i += 3) {
    const [x = 0, y = 0, pressure = 0] = numbers.slice(i, i + 3);
    last = { x: last.x + x, y: last.y + y, pressure: last.pressure + pressure };
    if (Math.abs(last.x) > 1_000_000 || Math.abs(last.y) > 1_000_000 || last.pressure < 0 || last.pressure > 255)
      return undefined;
    points.push(last);
  }
  return points;
}
