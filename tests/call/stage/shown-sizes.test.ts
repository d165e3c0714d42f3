import { beforeEach, describe, expect, it } from 'vitest';
import type { ShownSize } from '../../../src/call/model/group-model.ts';
import { ShownSizes } from '../../../src/call/stage/shown-sizes.ts';

const small = { width: 320, height: 180 };
const large = { width: 1280, height: 720 };

describe('the sizes at which people are shown', () => {
  let told: [id: string, size: ShownSize][];
  let sizes: ShownSizes;

  beforeEach(() => {
    told = [];
    sizes = new ShownSizes((part, id, size) => told.push([part === 'screen' ? `screen of ${id}` : id, size]));
  });

  it('are told when they change, and only then', () => {
    sizes.tell('stage', 'person', 'bob', small);
    sizes.tell('stage', 'person', 'bob', { ...small });
    sizes.tell('stage', 'person', 'carol', small);
    sizes.tell('stage', 'person', 'bob', large);
    expect(told).toEqual([
      ['bob', small],
      ['carol', small],
      ['bob', large],
    ]);
  });

  it('are told of a screen beside the person who shares it', () => {
    sizes.tell('stage', 'person', 'bob', small);
    sizes.tell('stage', 'screen', 'bob', undefined);
    sizes.tell('stage', 'screen', 'bob', large);
    expect(told).toEqual([
      ['bob', small],
      ['screen of bob', undefined],
      ['screen of bob', large],
    ]);
  });

  it('are told of somebody who was never shown, too', () => {
    sizes.tell('stage', 'person', 'bob', undefined);
    sizes.tell('stage', 'person', 'bob', undefined);
    expect(told).toEqual([['bob', undefined]]);
  });

  it('are the larger of two places', () => {
    sizes.tell('stage', 'person', 'bob', large);
    sizes.tell('mini', 'person', 'bob', small);
    sizes.tell('stage', 'person', 'bob', undefined);
    sizes.tell('mini', 'person', 'bob', undefined);
    expect(told).toEqual([
      ['bob', large],
      ['bob', small],
      ['bob', undefined],
    ]);
  });
});
