import { signal } from '@preact/signals';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  emptyGroupModel,
  type GroupModel,
  onlyOther,
  type Participant,
  type Presence,
} from '../../../src/call/model/group-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import '../../support/drivers/extension-texts.ts';

let presences: typeof import('../../../src/call/model/presence.ts');
let matching: typeof import('../../../src/ui/name-search.ts').matching;
let inOrder: typeof import('../../../src/call/people/raised-hands.ts').inOrder;
beforeAll(async () => {
  presences = await import('../../../src/call/model/presence.ts');
  ({ inOrder } = await import('../../../src/call/people/raised-hands.ts'));
  ({ matching } = await import('../../../src/ui/name-search.ts'));
});

function participant(presence: Presence): Participant {
  return {
    id: presence,
    model: emptyPersonModel(),
    presence: signal(presence),
    isContact: signal(true),
    lookalike: signal<Participant['lookalike']['value']>(undefined),
    introducedBy: signal<string | undefined>(undefined),
    card: signal('contact'),
    bridgedBy: signal<string | undefined>(undefined),
    handRaised: signal(false),
    volume: signal(1),
    isMutedHere: signal(false),
    moves: 0,
  };
}

function groupOf(...all: readonly Presence[]): GroupModel {
  const group = emptyGroupModel();
  group.participants.value = all.map(participant);
  return group;
}

describe('a call by its people', () => {
  it('is one of two for exactly one person who is in it', () => {
    expect(onlyOther(groupOf('in'))?.id).toBe('in');
    expect(onlyOther(groupOf('connecting'))?.id).toBe('connecting');
  });

  it('is one of a group as soon as a second person is called, and while nobody is there', () => {
    const groups = [
      groupOf('in', 'calling'),
      groupOf('in', 'declined'),
      groupOf('in', 'in'),
      groupOf('ringing'),
      groupOf(),
    ];
    expect(groups.map(onlyOther)).toEqual(Array.from(groups, () => undefined));
  });
});

describe('a call', () => {
  it('is full with eight people, those who are called among them, and those who are gone not', () => {
    const seven = Array<Presence>(7).fill('in');
    expect(presences.isFull(groupOf(...seven))).toBe(true);
    expect(presences.isFull(groupOf(...seven.slice(1), 'ringing'))).toBe(true);
    expect(presences.isFull(groupOf(...seven.slice(1), 'declined', 'left'))).toBe(false);
  });
});

describe('a participant', () => {
  it('is heard and seen only over a proven link, or through somebody', () => {
    const bob = participant('in');
    expect(presences.isProven(bob)).toBe(false);
    bob.model.phase.value = { phase: 'connected', sinceMs: 0, isBack: false };
    expect(presences.isProven(bob)).toBe(true);
    const carol = participant('unreachable');
    carol.bridgedBy.value = 'Bob';
    expect(presences.isProven(carol)).toBe(true);
  });

  it('has a word for where they stand, and none when they are simply there', () => {
    const all: readonly Presence[] = [
      'calling',
      'ringing',
      'connecting',
      'in',
      'unreachable',
      'declined',
      'busy',
      'no-answer',
      'left',
    ];
    expect(all.map((presence) => presences.presenceWords(participant(presence)))).toEqual([
      'Calling…',
      'Ringing…',
      'Connecting',
      '',
      'Can’t be reached',
      'Declined',
      'In another call',
      'No answer',
      'Left the call',
    ]);
  });

  it('is reconnecting while the link is, and simply there while somebody forwards them', () => {
    const bob = participant('connecting');
    bob.model.phase.value = { phase: 'reconnecting', sinceMs: 0 };
    expect(presences.presenceWords(bob)).toBe('Reconnecting');
    const carol = participant('in');
    [carol.bridgedBy.value, carol.introducedBy.value] = ['Bob', 'Dave'];
    expect([presences.presenceWords(carol), presences.originWords(carol)]).toEqual([
      '',
      ['Via Bob, who can hear and see it', 'Introduced by Dave'],
    ]);
  });
});

describe('E.59 E.66 M2 F6 whoever is no contact', () => {
  const stranger = (lookalike?: Participant['lookalike']['value']): Participant => {
    const one = participant('in');
    one.model.contactName.value = 'Mum';
    one.isContact.value = false;
    one.lookalike.value = lookalike;
    return one;
  };

  it.each<[Participant['lookalike']['value'], string, string]>([
    [undefined, 'Not a contact', 'Mum (not a contact)'],
    [{ of: 'self' }, 'Not a contact. The name is like yours.', 'Mum (not a contact, with a name like yours)'],
    [{ of: 'contact', name: 'mum' }, 'Not a contact, and not your contact mum', 'Mum (not your contact mum)'],
    [{ of: 'participant', name: 'Mom' }, 'Not a contact, and not the other Mom here', 'Mum (not the other Mom)'],
  ])('is called so, whoever brought them (%o)', (lookalike, origin, name) => {
    const one = stranger(lookalike);
    expect(presences.originWords(one)).toEqual([origin]);
    expect(presences.markedNameOf(one)).toBe(name);
    one.introducedBy.value = 'Bob';
    expect(presences.originWords(one)).toEqual([origin, 'Introduced by Bob']);
  });

  it('and whoever is one is not, whatever else is said of them', () => {
    const one = participant('in');
    one.model.contactName.value = 'Mum';
    expect([presences.originWords(one), presences.markedNameOf(one)]).toEqual([[], 'Mum']);
  });

  it('is in the call of a group before there is a link', () => {
    const group = groupOf('in');
    const newcomer = { id: 'x', name: 'Mum', isContact: false, lookalike: undefined, introducedBy: undefined } as const;
    group.newcomers.value = [{ ...newcomer, hiding: 'off', state: 'kept-out' }];
    expect(onlyOther(group)).toBeUndefined();
    expect(presences.placesTaken(group)).toBe(2);
  });
});

describe('raised hands', () => {
  it('stand in the order in which they went up', () => {
    expect(inOrder([], ['carol', 'bob'])).toEqual(['carol', 'bob']);
    expect(inOrder(['carol', 'bob'], ['bob', 'carol', 'dave'])).toEqual(['carol', 'bob', 'dave']);
    expect(inOrder(['carol', 'bob'], ['bob'])).toEqual(['bob']);
  });
});

describe('searching for somebody to add', () => {
  const people = ['Émile Zola', 'Ann Lee', 'Leeann Zorn'].map((name) => ({ id: name, name }));
  const found = (typed: string) => matching(people, typed).map(({ name }) => name);

  it('finds every word that was typed, in any case and without accents', () => {
    expect(found('emile')).toEqual(['Émile Zola']);
    expect(found('LEE')).toEqual(['Ann Lee', 'Leeann Zorn']);
    expect(found('zo lee')).toEqual(['Leeann Zorn']);
    expect(found('  ')).toHaveLength(3);
    expect(found('nobody')).toEqual([]);
  });
});
