// What the views of a group ask for, as the product's own actions do it.
import { beforeEach, describe, expect, test } from 'vitest';
import { groupActions } from '../../src/call/group-actions.ts';
import type { GroupActions } from '../../src/call/group-model.ts';
import { emptyGroupModel } from '../../src/call/group-model.ts';
import type { GroupSession } from '../../src/call/group-session.ts';
import type { Contact } from '../../src/core/contact.ts';

const link = {
  ed25519: new Uint8Array(32).fill(1),
  x25519: new Uint8Array(32).fill(2),
  inboxSecret: new Uint8Array(16).fill(3),
  relays: ['wss://relay.example'],
  name: 'What they call themselves',
};
const id = '01'.repeat(32);

let kept: Contact[];
let asked: string[];
let hideAddress: boolean | undefined;
let actions: ReturnType<typeof groupActions>;

beforeEach(() => {
  [kept, asked, hideAddress] = [[], [], undefined];
  const group = {
    seatOf: () => ({ call: { contact: { name: 'Carol', hideAddress }, theirLink: () => link } }),
    newcomers: {
      letIn: (one: string) => asked.push(`let in ${one}`),
      keepOut: (one: string) => asked.push(`keep out ${one}`),
      letAllIn: () => asked.push('let all in'),
    },
    lock: (isLocked: boolean) => asked.push(`lock ${isLocked}`),
  };
  actions = groupActions({
    model: emptyGroupModel(),
    group: group as unknown as GroupSession,
    contacts: { all: async () => [], put: async (contact) => void kept.push(contact) },
    settings: { change: async () => undefined },
    reloadBackground: () => undefined,
    fault: (what) => void asked.push(`fault: ${what}`),
  });
});

describe('whoever is added to the contacts out of a call', () => {
  test('is kept by the link that they told, under the name that they have here', () => {
    actions.addToContacts(id);
    expect(kept).toMatchObject([{ id, name: 'Carol', relays: link.relays, addedFrom: 'call', blocked: false }]);
    expect(kept[0]).not.toHaveProperty('hideAddress');
  });

  test('stays one from whom the address is hidden, where it was in that call (E.57, H2)', () => {
    hideAddress = true;
    actions.addToContacts(id);
    expect(kept).toMatchObject([{ id, hideAddress: true }]);
  });
});

test('answers about newcomers go to the session that asked', () => {
  const run: Pick<GroupActions, 'letIn' | 'keepOut' | 'letAllIn' | 'lock'> = actions;
  run.letIn('bob');
  run.keepOut('carol');
  run.letAllIn();
  run.lock(true);
  expect(asked).toEqual(['let in bob', 'keep out carol', 'let all in', 'lock true']);
});
