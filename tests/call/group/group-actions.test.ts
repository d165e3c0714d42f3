// What the views of a group ask for, as the product's own actions do it.
import { beforeEach, expect, test } from 'vitest';
import { groupActions } from '../../../src/call/group/group-actions.ts';
import type { GroupSession } from '../../../src/call/group/group-session.ts';
import type { GroupActions } from '../../../src/call/model/group-model.ts';
import { emptyGroupModel } from '../../../src/call/model/group-model.ts';

let asked: string[];
let actions: ReturnType<typeof groupActions>;

beforeEach(() => {
  asked = [];
  const group = {
    seatOf: (one: string) => ({ call: { cards: { addToContacts: () => asked.push(`add ${one}`) } } }),
    admission: {
      newcomers: {
        letIn: (one: string) => asked.push(`let in ${one}`),
        keepOut: (one: string) => asked.push(`keep out ${one}`),
        letAllIn: () => asked.push('let all in'),
      },
    },
    lock: (isLocked: boolean) => asked.push(`lock ${isLocked}`),
  };
  actions = groupActions({
    model: emptyGroupModel(),
    group: group as unknown as GroupSession,
    contacts: { all: async () => [] },
    settings: { change: async () => undefined },
    fault: (what) => void asked.push(`fault: ${what}`),
  });
});

test('whoever is added to the contacts out of a call is given the own link over the call with them', () => {
  actions.addToContacts('carol');
  expect(asked).toEqual(['add carol']);
});

test('answers about newcomers go to the session that asked', () => {
  const run: Pick<GroupActions, 'letIn' | 'keepOut' | 'letAllIn' | 'lock'> = actions;
  run.letIn('bob');
  run.keepOut('carol');
  run.letAllIn();
  run.lock(true);
  expect(asked).toEqual(['let in bob', 'keep out carol', 'let all in', 'lock true']);
});
