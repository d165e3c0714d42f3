import { describe, expect, it } from 'vitest';
import { type BarButton, barButtons, fitBar } from '../../../src/call/stage/bar-fit.ts';

/** Most calls are no meeting of a room. */
const usual = barButtons.filter((button) => button !== 'room');
const inBar = (width: number, possible: readonly BarButton[] = usual) => [...fitBar(width, possible).inBar];

describe('the bar of a call', () => {
  it('has every button where there is room', () => {
    expect(inBar(1280)).toEqual(usual);
    expect(inBar(902)).toEqual(usual);
    expect(inBar(840)).toEqual(usual.filter((button) => button !== 'record'));
  });

  it('keeps chat and people at hand from 320 px on, and leaves the rest to its menu', () => {
    expect(inBar(320)).toEqual(['chat', 'people']);
    expect(inBar(420)).toEqual(['chat', 'people', 'screen', 'add']);
    expect(inBar(0)).toEqual([]);
  });

  it('has the room of a meeting at hand from 320 px on', () => {
    expect(inBar(320, barButtons)).toEqual(['chat', 'room']);
    expect(inBar(1280, barButtons)).toEqual(barButtons);
  });

  it('never takes more room than there is', () => {
    for (let width = 320; width < 1000; width += 1) {
      const { isSmall, inBar: shown } = fitBar(width, barButtons);
      const [button, gap, leave, padding, arrows] = isSmall ? [44, 5, 56, 8, 0] : [52, 10, 68, 16, 56];
      expect((shown.size + 3) * (button + gap) + leave + padding + arrows, `${width} px`).toBeLessThanOrEqual(width);
    }
  });

  it('gives the place of what the browser cannot do to the next', () => {
    const without = usual.filter((button) => button !== 'screen');
    expect([...fitBar(320 + 49, without).inBar]).toEqual(['chat', 'people', 'add']);
  });
});
