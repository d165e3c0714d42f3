// What the other side hears of the size at which it is shown: changes that last, and all of it again on a new connection.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToldSize } from '../../../src/call/quality/told-size.ts';
import { hiddenSize, type ShownSize } from '../../../src/core/media/shown-size.ts';

const small = { width: 320, height: 180 };
const large = { width: 1280, height: 720 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function teller(isOpen = true) {
  const view = new ToldSize();
  const said: ShownSize[] = [];
  const way = { isOpen };
  view.onTell((size) => {
    if (way.isOpen) said.push(size);
    return way.isOpen;
  });
  return { view, said, way };
}

describe('the size that is told', () => {
  it('is told at once at first, then when it has changed for a while', () => {
    const { view, said } = teller();
    view.show(small);
    view.show(large);
    expect(said).toEqual([small]);
    vi.advanceTimersByTime(200);
    expect(said).toEqual([small, large]);
    view.show(hiddenSize);
    vi.advanceTimersByTime(500);
    expect(said).toEqual([small, large]);
    vi.advanceTimersByTime(500);
    expect(said).toEqual([small, large, hiddenSize]);
    view.show(small);
    expect(said.at(-1)).toEqual(small);
  });

  it('is not told for a glimpse, or for a few pixels', () => {
    const { view, said } = teller();
    view.show(large);
    view.show(hiddenSize);
    view.show(large);
    view.show({ width: 1300, height: 731 });
    vi.advanceTimersByTime(5_000);
    expect(said).toEqual([large]);
  });

  it('is told once it can be, and once', () => {
    const { view, said, way } = teller(false);
    view.show(small);
    view.remind();
    way.isOpen = true;
    view.remind();
    view.remind();
    expect(said).toEqual([small]);
  });

  it('is told again on a new connection', () => {
    const { view, said } = teller();
    view.again();
    expect(said).toEqual([]);
    view.show(small);
    view.again();
    expect(said).toEqual([small, small]);
  });

  it('is not told after the end', () => {
    const { view, said } = teller();
    view.show(large);
    view.show(small);
    view.stop();
    vi.advanceTimersByTime(5_000);
    expect(said).toEqual([large]);
  });
});
