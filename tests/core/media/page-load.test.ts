// How hard a computer works for all links of a page together.
import { describe, expect, it } from 'vitest';
import { codingWork, pageLoad } from '../../../src/core/media/page-load.ts';
import { linkSample } from '../../support/samples/link-samples.ts';

const link = (coding: number, load: 'busy' | 'fine' | 'idle' = 'fine') => ({ coding, load });

describe('a page', () => {
  it.each([
    ['nothing', [], 2, 'idle'],
    ['easy links', [link(0.1), link(0.1)], 2, 'idle'],
    ['easy links, too many for one core', [link(0.1), link(0.1)], 1, 'fine'],
    ['easy links that fill the cores together', [link(0.25), link(0.25), link(0.25), link(0.25)], 2, 'busy'],
    ['one link that is short', [link(0.01, 'busy'), link(0.01, 'idle')], 8, 'busy'],
  ] as const)('with %s', (_, links, cores, load) => {
    expect(pageLoad(links, cores)).toBe(load);
  });
});

describe('the work of a link', () => {
  it('is the time for coding both pictures', () => {
    const sample = linkSample({
      pictureIn: { codingMsPerFrame: 2, framesPerSecond: 30 },
      pictureOut: { codingMsPerFrame: 10, framesPerSecond: 20, isHardware: false },
    });
    expect(codingWork(sample)).toBeCloseTo(0.26);
  });

  it('leaves out what a chip encodes, and what is not sent', () => {
    const pictureIn = { codingMsPerFrame: 2, framesPerSecond: 30 };
    expect(codingWork(linkSample({ pictureIn, pictureOut: { isHardware: true } }))).toBeCloseTo(0.06);
    expect(codingWork(linkSample({ pictureIn, pictureOut: { isActive: false } }))).toBeCloseTo(0.06);
    expect(codingWork({ ...linkSample(), pictureIn: undefined, pictureOut: undefined })).toBe(0);
  });
});
