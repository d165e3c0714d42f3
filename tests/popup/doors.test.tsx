// Doors for later in the popup, drawn: made, listed, shown again, ended; and who waits at one.
import 'fake-indexeddb/auto';
import '../support/drivers/page-window.ts';
import '../support/drivers/extension-texts.ts';
import { signal } from '@preact/signals';
import { IDBFactory } from 'fake-indexeddb';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseGuestLink } from '../../src/core/identity/contact-link.ts';
import type { KeptDoor } from '../../src/core/identity/kept-door.ts';
import { fakeExtension as browser } from '../support/doubles/fake-extension.ts';
import { until } from '../support/runner/condition.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));
const asked: unknown[] = [];
vi.mock('../../src/platform/extension/messenger.ts', () => ({
  request: async (name: string, argument: unknown) => void asked.push([name, argument]),
}));
const { KeptDoors } = await import('../../src/popup/doors/kept-doors.ts');
const { DoorList, WaitingGuests } = await import('../../src/popup/doors/door-list.tsx');
const { DoorDialog, NewDoorDialog } = await import('../../src/popup/doors/door-dialogs.tsx');
const { openDatabase } = await import('../../src/platform/store/database.ts');
const { IdentityStore } = await import('../../src/platform/store/identity-store.ts');
const { SettingsStore } = await import('../../src/platform/store/settings-store.ts');
const { writeView } = await import('../../src/platform/extension/session-view.ts');

vi.stubGlobal('navigator', {});
const root = document.getElementById('root') as HTMLElement;
const { HTMLDialogElement } = window as unknown as { HTMLDialogElement: typeof globalThis.HTMLDialogElement };
HTMLDialogElement.prototype.showModal = function open(): void {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(): void {
  this.open = false;
};
const now = Date.now();
let doors: Awaited<ReturnType<typeof KeptDoors.open>>;
const nothing = () => undefined;

const shown = () => root.textContent ?? '';
const button = (name: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll('button')].find((one) =>
    [one.getAttribute('aria-label'), one.title, one.textContent].includes(name),
  );
  if (!found) throw new Error(`no button ${name}: ${shown()}`);
  return found;
};
const press = (name: string): void => void act(() => button(name).click());
const made = async (title: string, from: number): Promise<KeptDoor> => {
  const door = await doors.add(title, from, '1');
  if (typeof door !== 'object') throw new Error(door);
  return door;
};

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  browser.reset();
  asked.length = 0;
  const database = await openDatabase();
  const { keys } = await testIdentity(1);
  await database.put(
    'identity',
    { keys, name: 'Alice', dev: new Uint8Array(8), createdAt: 0, wordsChecked: true },
    'own',
  );
  await new SettingsStore(database).change({ relays: ['wss://relay.example'] });
  vi.spyOn(IdentityStore.prototype, 'read').mockImplementation(async () => ({
    state: 'present',
    identity: { keys, name: 'Alice', dev: new Uint8Array(8), createdAt: 0, wordsChecked: true },
  }));
  doors = await KeptDoors.open();
});

afterEach(() => {
  render(null, root);
  vi.restoreAllMocks();
});

test('a new one is kept, and the background listens', async () => {
  let id = '';
  void act(() =>
    render(
      <NewDoorDialog
        doors={doors}
        title={signal('Choir')}
        onMade={(door) => {
          id = door.id;
        }}
        onClose={nothing}
      />,
      root,
    ),
  );
  void act(
    () => void root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
  );
  await until(() => id !== '', { what: 'the door to be made' });
  expect(doors.doors.value).toMatchObject([{ id, title: 'Choir' }]);
  expect(asked).toEqual([['reload', undefined]]);
});

test('of a time that is over or far away there is none', async () => {
  expect(await doors.add('', now - 3_700_000, '1')).toBe('late');
  expect(await doors.add('', now + 61 * 86_400_000, '1')).toBe('late');
  expect(await doors.add('', Number.NaN, '1')).toBe('late');
  expect(doors.doors.value).toEqual([]);
});

test('twenty are the most, and the dialog says so', async () => {
  for (let i = 0; i < 20; i++) await made('', now + i * 1_000);
  expect(await doors.add('', now, '1')).toBe('full');
  void act(() => render(<NewDoorDialog doors={doors} title={signal('')} onMade={nothing} onClose={nothing} />, root));
  expect(shown()).toContain('You have 20 invitations');
  expect(button('Make the invitation').disabled).toBe(true);
});

test('the link leads to its inbox, with its time and title, as often as it is shown', async () => {
  const door = await made('Choir', now + 3_600_000);
  void act(() => render(<DoorDialog doors={doors} doorId={door.id} onClose={nothing} />, root));
  await until(() => root.querySelector('textarea') !== null, { what: 'the link' });
  const read = await parseGuestLink(root.querySelector('textarea')?.value ?? '', sealer);
  if ('refused' in read) throw new Error(read.refused);
  expect(read.link).toMatchObject({ title: 'Choir', name: 'Alice', relays: ['wss://relay.example'] });
  expect(read.link.closesAt).toBe(1_000 * Math.floor(door.until / 1_000));
  expect(shown()).toContain('Choir');
});

test('the list opens those that are open now, and ends one after a question', async () => {
  await made('Choir', now);
  await made('', now + 86_400_000);
  const opened = vi.fn();
  void act(() => render(<DoorList doors={doors} onInvite={nothing} onShow={nothing} onDone={opened} />, root));
  expect(shown()).toContain('Guests can ask now');
  expect(() => button('Open A call for guests')).toThrow();
  press('Open Choir');
  await until(() => opened.mock.calls.length === 1, { what: 'the page' });
  expect(asked.at(-1)).toEqual(['openDoor', { id: doors.doors.value[0]?.id }]);
  press('End the invitation Choir');
  expect(doors.doors.value).toHaveLength(2);
  press('End this invitation');
  await until(() => doors.doors.value.length === 1, { what: 'the end' });
  await until(() => !shown().includes('Choir'), { what: 'the row to go' });
});

test('who waits is there with the two answers, and not while a page is at the door', async () => {
  const { secret } = await made('Choir', now);
  const database = await openDatabase();
  const { sampleContact } = await import('../support/samples/backup-samples.ts');
  const carol = await sampleContact(3, { name: 'Carol' });
  await database.put('contacts', carol);
  const call = { callId: 'call', contactId: carol.id, expiresAt: now + 60_000 } as never;
  void act(() => render(<WaitingGuests doors={doors} onDone={nothing} />, root));
  await writeView('knocks', [{ call, link: '', door: secret }]);
  await until(() => shown().includes('Carol asks to be let in'), { what: 'Carol' });
  expect(shown()).toContain('Choir');
  press('Refuse Carol');
  await until(() => asked.some((one) => JSON.stringify(one).includes('decideKnock')), { what: 'the answer' });
  expect(asked.at(-1)).toEqual(['decideKnock', { contactId: carol.id, admits: false }]);
  await writeView('heldCall', { guestSecret: secret } as never);
  await until(() => !shown().includes('Carol'), { what: 'Carol to be at the page' });
});
