import { beforeAll, describe, expect, it } from 'vitest';
import type { Presence } from '../../../src/call/model/group-model.ts';
import type { GroupNow, PersonNow } from '../../../src/call/stage/group-news.ts';
import '../../support/drivers/extension-texts.ts';

let news: typeof import('../../../src/call/stage/group-news.ts');
beforeAll(async () => {
  news = await import('../../../src/call/stage/group-news.ts');
});

type Change = Partial<Omit<GroupNow, 'people'>> & { readonly people?: readonly PersonNow[] };

const quiet: GroupNow = { people: [], called: [], knocks: [], reactions: [], isLocked: false };
const person = (name: string, presence: Presence, more: Partial<PersonNow> = {}): PersonNow => {
  return {
    id: name.toLowerCase(),
    name,
    presence,
    handRaised: false,
    sharesScreen: false,
    isOnHold: false,
    moves: 0,
    ...more,
  };
};
const people = (...all: readonly PersonNow[]): Change => ({ people: all });

/** What is said from the second look on. */
function said(...changes: readonly Change[]): string[][] {
  const [first, ...later] = changes.map((change): GroupNow => ({ ...quiet, ...change }));
  let known = news.firstLook(first ?? quiet);
  return later.map((now) => {
    const looked = news.look(known, now);
    known = looked.known;
    return looked.news.map(({ sentence }) => sentence);
  });
}

describe('what is said of the people in a call', () => {
  it('is nothing about whoever was there at first', () => {
    const bob = (presence: Presence) => people(person('Bob', presence, { handRaised: true }));
    expect(said(bob('in'), bob('in'))).toEqual([[]]);
    expect(said(bob('connecting'), bob('in'))).toEqual([[]]);
  });

  it('is who puts us on hold, and comes back', () => {
    const bob = (isOnHold: boolean) => people(person('Bob', 'in', { isOnHold }));
    expect(said(bob(false), bob(true), bob(true), bob(false))).toEqual([
      ['Bob put you on hold'],
      [],
      ['Bob is back from hold'],
    ]);
  });

  it('is whom somebody else is calling, once, and by the name they have here', () => {
    const called = (name: string | undefined): Change => ({ called: [{ id: 'carol', name, by: 'Alice' }] });
    expect(said({}, called('Carol'), called('Carol'), {})).toEqual([
      ['Alice is calling Carol into this call.'],
      [],
      [],
    ]);
    expect(said({}, called(undefined))).toEqual([['Alice is calling someone into this call.']]);
    // Known already: they have a place of their own here.
    expect(said(people(person('Carol', 'left')), { ...people(person('Carol', 'left')), ...called('Carol') })).toEqual([
      [],
    ]);
  });

  it('is who asks to be linked, and why somebody is not; each once (E.58, M2)', () => {
    const carol = (state: NonNullable<GroupNow['newcomers']>[number]['state']): Change => ({
      newcomers: [{ id: 'carol', name: 'Carol', state }],
    });
    expect(
      said({}, carol('asking'), carol('asking'), carol('waiting'), carol('connecting'), carol('not-hidden'), {}),
    ).toEqual([
      ['Carol, who isn’t in your contacts, is joining'],
      [],
      ['Carol hasn’t let you in yet'],
      [],
      ['Carol isn’t connected to you: your address can’t be hidden from them'],
      [],
    ]);
    // What was chosen here needs no saying.
    expect(said(carol('asking'), carol('kept-out'))).toEqual([[]]);
  });

  it('is who joins and who leaves', () => {
    const bob = person('Bob', 'in');
    expect(
      said(
        people(bob),
        people(bob, person('Carol', 'calling')),
        people(bob, person('Carol', 'ringing')),
        people(bob, person('Carol', 'connecting')),
        people(bob, person('Carol', 'in')),
        people(bob, person('Carol', 'left')),
        people(bob),
        people(),
      ),
    ).toEqual([[], [], [], ['Carol joined'], ['Carol left'], [], ['Bob left']]);
  });

  it('sounds when somebody comes or goes, and not otherwise', () => {
    const [before, after] = [
      { ...quiet, people: [person('Bob', 'in'), person('Carol', 'in')] },
      { ...quiet, people: [person('Carol', 'in', { handRaised: true }), person('Dave', 'in')] },
    ];
    const { news: all } = news.look(news.firstLook(before), after);
    expect(all.map(({ sentence, tone }) => [sentence, tone])).toEqual([
      ['Carol raised a hand', undefined],
      ['Dave joined', 'joined'],
      ['Bob left', 'left'],
    ]);
  });

  it('is no leaving and no joining when a link is interrupted', () => {
    const carol = (presence: Presence) => people(person('Carol', presence));
    expect(said(carol('in'), carol('connecting'), carol('in'), carol('unreachable'), carol('in'))).toEqual([
      [],
      [],
      ['Carol can’t be reached'],
      [],
    ]);
  });

  it('is who does not come', () => {
    const dave = (presence: Presence) => people(person('Dave', presence));
    expect(
      said(dave('ringing'), dave('declined'), dave('calling'), dave('busy'), dave('calling'), dave('no-answer')),
    ).toEqual([['Dave declined'], [], ['Dave is in another call'], [], ['Dave didn’t answer']]);
  });

  it('is a hand that goes up and a screen that comes and goes', () => {
    const bob = (more: Partial<PersonNow>) => people(person('Bob', 'in', more));
    expect(
      said(bob({}), bob({ handRaised: true }), bob({ sharesScreen: true }), bob({ sharesScreen: true }), bob({})),
    ).toEqual([['Bob raised a hand'], ['Bob is sharing their screen'], [], ['Bob stopped sharing']]);
  });

  it('is somebody who knocks, and a lock', () => {
    const knocks = [{ id: 'k', name: 'Zoe' }];
    expect(said({}, { knocks }, { knocks, isLocked: true }, {})).toEqual([
      ['Zoe asks to be let in'],
      ['The call is locked'],
      ['The call is no longer locked'],
    ]);
  });

  it('is every reaction of others once, and none of one’s own', () => {
    const bob = people(person('Bob', 'in'));
    const [one, two] = [
      { id: 1, from: 'bob', emoji: '👏' },
      { id: 2, from: 'bob', emoji: '👏' },
    ];
    const own = { id: 3, from: undefined, emoji: '👍' };
    expect(
      said(bob, { ...bob, reactions: [one] }, { ...bob, reactions: [one, two, own] }, { ...bob, reactions: [two] }),
    ).toEqual([['Bob: 👏'], ['Bob: 👏'], []]);
  });
});
