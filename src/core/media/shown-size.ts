// How large one person shows another, as the two of them say it: in few steps, so that a window that is dragged does not make an
// encoder begin anew with each pixel. Pure; call/quality/told-size.ts says it.

/** In device pixels; 0 × 0 while not shown at all. */
export interface ShownSize {
  readonly width: number;
  readonly height: number;
}

/** What one person shows of another: what their camera sees, and the screen that they share. */
export const pictureParts = ['person', 'screen'] as const;
export type PicturePart = (typeof pictureParts)[number];

export const hiddenSize: ShownSize = { width: 0, height: 0 };

/** The longest side that is said or heard. */
export const longestShownSide = 16_384;
/** The smallest picture that is worth asking for, as lines of a picture of 16:9. */
export const leastLines = 45;
/** Steps between one size and twice it. */
const stepsPerDoubling = 6;

/** Larger at once, as people wait for it; smaller once it has lasted, as tiles come and go while people arrange them. */
const growMs = 150;
const shrinkMs = 800;

/** At the step that was said a screen that is shown may have so many times more lines. */
export const stepUp = 2 ** (1 / stepsPerDoubling);

/** A size of any shape as lines of a picture of 16:9 with as many pixels: those are what a picture costs. */
export function linesOf({ width, height }: ShownSize): number {
  return Math.sqrt((width * height * 9) / 16);
}

/** The step at or below so many lines; nothing below the least. Sizes are whole pixels: a hundredth below a step is still that step. */
export function stepOfLines(lines: number): number {
  const steps = Math.floor(stepsPerDoubling * Math.log2(lines / leastLines) + 0.1);
  return leastLines * 2 ** (Math.max(0, steps) / stepsPerDoubling);
}

export function isHidden({ width, height }: ShownSize): boolean {
  return width <= 0 || height <= 0;
}

/** What is said of a size: never more pixels than are shown, unless that is less than the least. */
export function saidSize(shown: ShownSize): ShownSize {
  if (isHidden(shown)) return hiddenSize;
  const width = Math.min(longestShownSide, shown.width);
  const height = Math.min(longestShownSide, shown.height);
  const lines = linesOf({ width, height });
  const factor = stepOfLines(lines) / lines;
  const side = (length: number) => Math.min(longestShownSide, Math.max(1, Math.round(length * factor)));
  return { width: side(width), height: side(height) };
}

/** Whether two sizes are the same step. A shape alone changes nothing that is sent. */
export function isSameSize(one: ShownSize, other: ShownSize): boolean {
  if (isHidden(one) || isHidden(other)) return isHidden(one) === isHidden(other);
  // What was said is rounded to whole pixels: halfway between two steps lies nothing.
  return Math.abs(Math.log2(linesOf(one) / linesOf(other))) < 0.5 / stepsPerDoubling;
}

/** For how long another size has to last before it is said. */
export function settleMs(said: ShownSize | undefined, shown: ShownSize): number {
  if (said === undefined || (isHidden(said) && !isHidden(shown))) return 0;
  return linesOf(shown) > linesOf(said) ? growMs : shrinkMs;
}
