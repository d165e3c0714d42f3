// How hard the computer works for all links of a page together. Each link judges itself (link-quality.ts); that five easy links make
// a hard page is judged here. Pure.
import type { LinkSample } from './link-sample.ts';
import type { Load } from './picture-steps.ts';

/** What one link costs. */
export interface LinkWork {
  readonly load: Load;
  /** Time spent on coding pictures, as a share of one core. */
  readonly coding: number;
}

/** Shares of all cores. The browser needs about as much again for what it does not count: painting, packets, the camera. */
const busyShare = 0.5;
/** A step up costs about twice as much: it must not make the computer busy again. */
const idleShare = 0.2;

/** Time spent on coding both pictures of a link, as a share of one core. A chip beside the processor costs it nothing. */
export function codingWork({ pictureIn, pictureOut }: LinkSample): number {
  const encoding = pictureOut?.isActive && !pictureOut.isHardware ? pictureOut : undefined;
  const share = (picture: { readonly codingMsPerFrame: number | undefined; readonly framesPerSecond: number }) =>
    ((picture.codingMsPerFrame ?? 0) * picture.framesPerSecond) / 1000;
  return (encoding ? share(encoding) : 0) + (pictureIn ? share(pictureIn) : 0);
}

/** One judgement for the page: the worst of all links, and what they cost together. */
export function pageLoad(works: readonly LinkWork[], cores: number): Load {
  const coding = works.reduce((sum, work) => sum + work.coding, 0) / Math.max(1, cores);
  if (coding >= busyShare || works.some(({ load }) => load === 'busy')) return 'busy';
  return coding < idleShare ? 'idle' : 'fine';
}
