import { describe, expect, it } from 'vitest';
import {
  beginView,
  firstChoice,
  largeOf,
  type StageEvent,
  stepView,
  viewKind,
  viewKinds,
} from '../../../src/core/stage/stage-view.ts';

const firstView = beginView(firstChoice);

const having = (...events: readonly StageEvent[]) => events.reduce(stepView, firstView);
const screens = (...ids: readonly string[]): StageEvent => ({ event: 'screens', ids });
const choose = (view: 'grid' | 'speaker' | 'presentation'): StageEvent => ({ event: 'choose-view', view });
const pin = (id: string | undefined): StageEvent => ({ event: 'pin', id });

describe('the view of a group', () => {
  it('shows everybody alike at first, and the speaker large when asked to', () => {
    expect([viewKind(firstView), largeOf(firstView, 'bob')]).toEqual(['grid', undefined]);
    expect(largeOf(having(choose('speaker')), 'bob')).toEqual({ what: 'person', id: 'bob' });
  });

  it('begins as the last call was seen', () => {
    expect(largeOf(beginView({ people: 'speaker', self: 'corner' }), 'bob')).toEqual({ what: 'person', id: 'bob' });
  });

  it('gives the stage to a screen that begins, and back to the same view when it ends', () => {
    expect(largeOf(having(screens('bob')), 'carol')).toEqual({ what: 'screen', id: 'bob' });
    expect(viewKind(having(screens('bob'), screens()))).toBe('grid');
    expect(viewKind(having(choose('speaker'), screens('bob'), screens()))).toBe('speaker');
  });

  it('leaves the screen aside for a person who wants to see people, until another screen begins', () => {
    const aside = [screens('bob'), choose('grid')] as const;
    expect(viewKind(having(...aside))).toBe('grid');
    expect(largeOf(having(...aside, screens('bob', 'carol')), undefined)).toEqual({ what: 'screen', id: 'carol' });
    expect(viewKind(having(...aside, screens(), screens('bob')))).toBe('presentation');
    expect(viewKind(having(...aside, choose('presentation')))).toBe('presentation');
  });

  it('stays with the screen that is looked at when another begins, and goes to the other when it ends', () => {
    const both = [screens('bob'), screens('bob', 'carol')] as const;
    expect(having(...both).screen).toBe('bob');
    expect(having(...both, { event: 'choose-screen', id: 'carol' }).screen).toBe('carol');
    expect(having(...both, screens('carol')).screen).toBe('carol');
  });

  it('does not come back to the screens because one of them ended', () => {
    const state = having(screens('bob', 'carol'), choose('grid'), screens('carol'));
    expect([viewKind(state), state.screen]).toEqual(['grid', 'carol']);
  });

  it('keeps a pinned person large whoever speaks or shares, until unpinned or gone', () => {
    const pinned = [choose('speaker'), pin('carol'), screens('bob')] as const;
    expect(largeOf(having(...pinned), 'dave')).toEqual({ what: 'person', id: 'carol' });
    expect(largeOf(having(...pinned, pin(undefined)), 'dave')).toEqual({ what: 'screen', id: 'bob' });
    expect(having(pin('carol'), { event: 'people', ids: ['bob'] }).pinned).toBeUndefined();
    expect(having(pin('carol'), { event: 'people', ids: ['bob', 'carol'] }).pinned).toBe('carol');
  });

  it('turns through the views that there are', () => {
    expect(viewKinds(firstView)).toEqual(['grid', 'speaker']);
    const turn: StageEvent = { event: 'turn' };
    expect(viewKind(having(turn))).toBe('speaker');
    expect(viewKind(having(turn, turn))).toBe('grid');
    const turned = [0, 1, 2].map((times) => viewKind(having(screens('bob'), ...Array<StageEvent>(times).fill(turn))));
    expect(turned).toEqual(['presentation', 'grid', 'speaker']);
  });

  it('unpins when a view or a screen is chosen', () => {
    expect(having(pin('carol'), choose('grid')).pinned).toBeUndefined();
    expect(having(screens('bob'), pin('carol'), { event: 'choose-screen', id: 'bob' }).pinned).toBeUndefined();
  });

  it('ignores screens that are not shown', () => {
    expect(having(choose('presentation'))).toEqual(firstView);
    expect(having({ event: 'choose-screen', id: 'bob' })).toEqual(firstView);
  });
});
