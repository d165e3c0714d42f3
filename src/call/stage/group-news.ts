// What happened among the people of a call since one last looked, as sentences for the ear and, most of them, for the eye. Pure but for
// the words.
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { Newcomer, Presence } from '../model/group-model.ts';

export interface PersonNow {
  readonly id: string;
  readonly name: string;
  readonly presence: Presence;
  readonly handRaised: boolean;
  readonly sharesScreen: boolean;
  readonly isOnHold: boolean;
  /** How often they have gone on with the call at another device. */
  readonly moves: number;
}

export interface GroupNow {
  readonly people: readonly PersonNow[];
  readonly called: readonly { readonly id: string; readonly name: string | undefined; readonly by: string }[];
  readonly knocks: readonly { readonly id: string; readonly name: string }[];
  readonly newcomers?: readonly Pick<Newcomer, 'id' | 'name' | 'state'>[];
  readonly reactions: readonly { readonly id: number; readonly from: string | undefined; readonly emoji: string }[];
  readonly isLocked: boolean;
}

export interface News {
  readonly sentence: string;
  /** Reactions, knocks and questions have a place of their own on the screen. */
  readonly isShownElsewhere: boolean;
  /** What is heard with it. */
  readonly tone?: 'joined' | 'left';
}

/** What is remembered: who was really in, so that an interruption is no leaving. */
export interface Known {
  readonly now: GroupNow;
  readonly inside: ReadonlySet<string>;
}

const refusals: Partial<Record<Presence, TextKey>> = {
  declined: 'groupSayDeclined',
  busy: 'groupSayBusy',
  'no-answer': 'groupSayNoAnswer',
  'not-hidden': 'groupSayNotHidden',
};

/** What was not chosen here. */
const whyNotLinked: Partial<Record<Newcomer['state'], TextKey>> = {
  waiting: 'groupSayWaiting',
  'not-hidden': 'groupSayNotHiddenFrom',
  'locked-out': 'groupSayLockedOut',
};

/** The first look: whoever is there is no news. */
export function firstLook(now: GroupNow): Known {
  return { now, inside: new Set(now.people.filter(({ presence }) => isStill(presence)).map(({ id }) => id)) };
}

export function look(known: Known, now: GroupNow): { readonly known: Known; readonly news: readonly News[] } {
  const before = new Map(known.now.people.map((person) => [person.id, person]));
  const inside = new Set(known.inside);
  const news: News[] = [];
  const say = (key: TextKey, ...words: readonly string[]) =>
    news.push({ sentence: text(key, ...words), isShownElsewhere: false });
  const sayMove = (tone: 'joined' | 'left', name: string) => {
    const sentence = text(tone === 'joined' ? 'groupSayJoined' : 'groupSayLeft', name);
    news.push({ sentence, isShownElsewhere: false, tone });
  };
  for (const person of now.people) {
    const { id, name, presence } = person;
    const last = before.get(id);
    if (presence === 'in' && !inside.has(id)) {
      inside.add(id);
      sayMove('joined', name);
    } else if (inside.has(id) && !isStill(presence)) {
      inside.delete(id);
      sayMove('left', name);
    } else if (last?.presence !== presence) {
      const refusal = refusals[presence];
      if (refusal) say(refusal, name);
      if (presence === 'unreachable') say('groupSayUnreachable', name);
    }
    if (last && person.moves > last.moves) say('groupSayMoved', name);
    if (person.isOnHold !== (last?.isOnHold ?? false) && isStill(presence))
      say(person.isOnHold ? 'callSayOnHold' : 'callSayBack', name);
    if (person.handRaised && !last?.handRaised) say('groupSayHand', name);
    if (person.sharesScreen && !last?.sharesScreen) say('groupSayScreen', name);
    if (!person.sharesScreen && last?.sharesScreen && isStill(presence)) say('groupSayScreenEnded', name);
  }
  for (const { id, name } of known.now.people) {
    if (now.people.some((person) => person.id === id)) continue;
    if (inside.delete(id)) sayMove('left', name);
  }
  for (const { id, name, by } of now.called)
    if (!known.now.called.some((one) => one.id === id) && !before.has(id)) {
      if (name === undefined) say('groupSayCallingSomebody', by);
      else say('groupSayCalling', by, name);
    }
  for (const { id, name, state } of now.newcomers ?? []) {
    const last = known.now.newcomers?.find((one) => one.id === id);
    if (last?.state === state) continue;
    const why = whyNotLinked[state];
    if (state === 'asking')
      news.push({ sentence: text('groupNewcomerAsks', name), isShownElsewhere: true, tone: 'joined' });
    else if (why) say(why, name);
  }
  if (now.isLocked !== known.now.isLocked) say(now.isLocked ? 'groupSayLocked' : 'groupSayUnlocked');
  return { known: { now, inside }, news: [...news, ...newsElsewhere(known.now, now)] };
}

function isStill(presence: Presence): boolean {
  return presence === 'in' || presence === 'connecting' || presence === 'unreachable';
}

function newsElsewhere(before: GroupNow, now: GroupNow): readonly News[] {
  const nameOf = (id: string) => now.people.find((person) => person.id === id)?.name ?? '';
  const knocks = now.knocks.filter(({ id }) => !before.knocks.some((knock) => knock.id === id));
  const seen = Math.max(-1, ...before.reactions.map(({ id }) => id));
  const reactions = now.reactions.filter(({ id, from }) => id > seen && from !== undefined);
  return [
    ...knocks.map(({ name }) => text('groupKnocks', name)),
    ...reactions.map(({ from = '', emoji }) => text('groupSayReaction', nameOf(from), emoji)),
  ].map((sentence) => ({ sentence, isShownElsewhere: true }));
}
