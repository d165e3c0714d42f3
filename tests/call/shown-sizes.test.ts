import { beforeEach, describe, expect, it } from 'vitest';
import type { ShownSize } from '../../src/call/group-model.ts';
import { ShownSizes } from '../../src/call/shown-sizes.ts';

const small = { width: 320, height: 180 };
const large = { width: 1280, height: 720 };

describe('the sizes at which people are shown', () => {
  let told: [id: string, size: ShownSize][];
  let sizes: ShownSizes;

  beforeEach(() => {
    told = [];
    sizes = new ShownSizes((id, size) => told.push([id, size]));
  });

  it('are told when they change, and only then', () => {
    sizes.tell('stage', 'bob', small);
    sizes.tell('stage', 'bob', { ...small });
    sizes.tell('stage', 'carol', small);
    sizes.tell('stage', 'bob', large);
    expect(told).toEqual([
      ['bob', small],
      ['carol', small],
      ['bob', large],
    ]);
  });

  it('are told of somebody who was never shown, too', () => {
    sizes.tell('stage', 'bob', undefined);
    sizes.tell('stage', 'bob', undefined);
    expect(told).toEqual([['bob', undefined]]);
  });

  it('are the larger of two places', () => {
    sizes.tell('stage', 'bob', large);
    sizes.tell('mini', 'bob', small);
    sizes.tell('stage', 'bob', undefined);
    sizes.tell('mini', 'bob', undefined);
    expect(told).toEqual([
      ['bob', large],
      ['bob', small],
      ['bob', undefined],
    ]);
  });
});
