import { describe, expect, it } from 'vitest';
import {
  beginView,
  firstChoice,
  largeOf,
  type StageEvent,
  stepView,
  type ViewKind,
  viewKind,
  viewKinds,
} from '../../../src/core/stage/stage-view.ts';

const firstView = beginView(firstChoice);

const having = (...events: readonly StageEvent[]) => events.reduce(stepView, firstView);
const screens = (...ids: readonly string[]): StageEvent => ({ event: 'screens', ids });
const choose = (view: ViewKind, isPair = false): StageEvent => ({ event: 'choose-view', view, isPair });
const among = (speaker: string | undefined) => ({ alone: undefined, speaker });
const alone = (id: string) => ({ alone: id, speaker: id });
const pin = (id: string | undefined): StageEvent => ({ event: 'pin', id });

describe('the view of a group', () => {
  it('shows everybody alike at first, and the speaker large when asked to', () => {
    expect([viewKind(firstView, false), largeOf(firstView, among('bob'))]).toEqual(['grid', undefined]);
    expect(largeOf(having(choose('speaker')), among('bob'))).toEqual({ what: 'person', id: 'bob' });
  });

  it('begins as the last call was seen', () => {
    expect(largeOf(beginView({ people: 'speaker', self: 'corner' }), among('bob'))).toEqual({
      what: 'person',
      id: 'bob',
    });
  });

  it('gives the stage to a screen that begins, and back to the same view when it ends', () => {
    expect(largeOf(having(screens('bob')), among('carol'))).toEqual({ what: 'screen', id: 'bob' });
    expect(viewKind(having(screens('bob'), screens()), false)).toBe('grid');
    expect(viewKind(having(choose('speaker'), screens('bob'), screens()), false)).toBe('speaker');
  });

  it('leaves the screen aside for a person who wants to see people, until another screen begins', () => {
    const aside = [screens('bob'), choose('grid')] as const;
    expect(viewKind(having(...aside), false)).toBe('grid');
    expect(largeOf(having(...aside, screens('bob', 'carol')), among(undefined))).toEqual({
      what: 'screen',
      id: 'carol',
    });
    expect(viewKind(having(...aside, screens(), screens('bob')), false)).toBe('presentation');
    expect(viewKind(having(...aside, choose('presentation')), false)).toBe('presentation');
  });

  it('stays with the screen that is looked at when another begins, and goes to the other when it ends', () => {
    const both = [screens('bob'), screens('bob', 'carol')] as const;
    expect(having(...both).screen).toBe('bob');
    expect(having(...both, { event: 'choose-screen', id: 'carol' }).screen).toBe('carol');
    expect(having(...both, screens('carol')).screen).toBe('carol');
  });

  it('does not come back to the screens because one of them ended', () => {
    const state = having(screens('bob', 'carol'), choose('grid'), screens('carol'));
    expect([viewKind(state, false), state.screen]).toEqual(['grid', 'carol']);
  });

  it('keeps a pinned person large whoever speaks or shares, until unpinned or gone', () => {
    const pinned = [choose('speaker'), pin('carol'), screens('bob')] as const;
    expect(largeOf(having(...pinned), among('dave'))).toEqual({ what: 'person', id: 'carol' });
    expect(largeOf(having(...pinned, pin(undefined)), among('dave'))).toEqual({ what: 'screen', id: 'bob' });
    expect(having(pin('carol'), { event: 'people', ids: ['bob'] }).pinned).toBeUndefined();
    expect(having(pin('carol'), { event: 'people', ids: ['bob', 'carol'] }).pinned).toBe('carol');
  });

  it('turns through the views that there are', () => {
    expect(viewKinds(firstView, false)).toEqual(['grid', 'speaker']);
    const turn: StageEvent = { event: 'turn', isPair: false };
    expect(viewKind(having(turn), false)).toBe('speaker');
    expect(viewKind(having(turn, turn), false)).toBe('grid');
    const turned = [0, 1, 2].map((times) =>
      viewKind(having(screens('bob'), ...Array<StageEvent>(times).fill(turn)), false),
    );
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

describe('the view of a call of two', () => {
  it('is the other one over the whole stage, whoever speaks and however groups are seen', () => {
    expect(viewKind(firstView, true)).toBe('calm');
    expect(largeOf(beginView({ people: 'grid', self: 'grid' }), alone('bob'))).toEqual({ what: 'person', id: 'bob' });
    expect(largeOf(firstView, { alone: 'bob', speaker: undefined })).toEqual({ what: 'person', id: 'bob' });
  });

  it('gives the stage to their screen, and is calm again when it ends', () => {
    expect(largeOf(having(screens('bob')), alone('bob'))).toEqual({ what: 'screen', id: 'bob' });
    expect(viewKind(having(screens('bob'), screens()), true)).toBe('calm');
  });

  it('can be two alike, which says nothing about groups', () => {
    const alike = having(choose('grid', true));
    expect([viewKind(alike, true), largeOf(alike, alone('bob'))]).toEqual(['grid', undefined]);
    const speaker = having(choose('speaker'), choose('grid', true));
    expect(viewKind(speaker, false)).toBe('speaker');
  });

  it('becomes that of a group and calm again while people come and go', () => {
    expect([true, false, true].map((isPair) => viewKind(firstView, isPair))).toEqual(['calm', 'grid', 'calm']);
    expect(largeOf(firstView, among('bob'))).toBeUndefined();
  });

  it('turns through its own views', () => {
    const turn: StageEvent = { event: 'turn', isPair: true };
    const turned = [0, 1, 2, 3].map((times) =>
      viewKind(having(screens('bob'), ...Array<StageEvent>(times).fill(turn)), true),
    );
    expect(turned).toEqual(['presentation', 'calm', 'grid', 'presentation']);
  });
});
