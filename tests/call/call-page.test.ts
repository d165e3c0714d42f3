// What the call page shows while a part of it is still to come, and where it never comes.
import '../support/drivers/page-window.ts';
import '../support/drivers/extension-texts.ts';

import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LateViews } from '../../src/call/call-page.tsx';
import type { Group } from '../../src/call/model/group-context.ts';
import { emptyGroupModel } from '../../src/call/model/group-model.ts';
import {
  type CallActions,
  type CallPhase,
  emptyPersonModel,
  type PageActions,
} from '../../src/call/model/person-model.ts';

// A thousand icons take longer to be read than all of this to be tested.
vi.mock(
  'lucide-preact',
  () => new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : () => null), has: () => true }),
);

vi.stubGlobal('navigator', { platform: '' });

let CallPage: typeof import('../../src/call/call-page.tsx').CallPage;
beforeAll(async () => {
  ({ CallPage } = await import('../../src/call/call-page.tsx'));
});

const root = document.getElementById('root') as HTMLElement;
afterEach(() => render(null, root));

/** What stands on the page. */
function shown(phase: CallPhase, late: LateViews, group?: Group): string {
  const model = emptyPersonModel();
  model.contactName.value = 'Bob';
  model.phase.value = phase;
  const actions = new Proxy({}, { get: () => () => undefined }) as CallActions & PageActions;
  void act(() => render(h(CallPage, { model, page: actions, actions, late, group }), root));
  return `${document.title} | ${root.querySelector('main')?.textContent}`;
}

test('call page: the first screen waits for nothing', () => {
  expect(shown({ phase: 'incoming' }, 'loading')).toContain('Bob');
});

test('call page: a call that is up before its views are there says that they come', () => {
  expect(shown({ phase: 'connecting' }, 'loading')).toContain('Opening the call…');
  expect(shown({ phase: 'ended', reason: 'declined', durationMs: 0 }, 'loading')).toContain('Opening the call…');
});

// Seen to fail with the phase shown as it is: the page went on saying that something was coming.
test.each([
  { phase: 'before' },
  { phase: 'connecting' },
  { phase: 'ended', reason: 'cancelled', durationMs: 0 },
] as const)('call page: where its views never come it says so ($phase)', (phase) => {
  expect(shown(phase, 'failed')).toContain('This page couldn’t be loaded completely');
  expect(root.querySelector('[role=status]')?.textContent).not.toContain('Connecting');
  expect(root.querySelector('button')).not.toBeNull();
});

// Seen to fail with the words for the phase: “Call ended: cancelled” was said of a call that goes on.
test('call page: of a call that is to come here from another device nothing is said before it has', () => {
  const model = emptyGroupModel();
  const group = { model } as Group;
  model.handOver.value = { state: 'arriving', cancel: () => undefined };
  expect(shown({ phase: 'connected', sinceMs: 0 } as CallPhase, 'loading', group)).toContain('Moving the call here…');
  expect(root.querySelector('[role=status]')?.textContent).toBe('');
  model.handOver.value = { state: 'off', why: 'not-followed', again: () => undefined };
  expect(shown({ phase: 'ended', reason: 'cancelled', durationMs: 0 }, 'loading', group)).toContain('The call stayed');
  expect(root.querySelector('[role=status]')?.textContent).toBe('');
});

test('call page: why it cannot call at all is said all the same', () => {
  expect(shown({ phase: 'unavailable', why: 'no-identity' }, 'failed')).toContain('You have no identity yet');
});
