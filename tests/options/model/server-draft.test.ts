// A server that is typed and not added yet: what is kept of it, and what is not.
import { expect, test } from 'vitest';
import { emptyServer, formatServerDraft, readServerDraft } from '../../../src/options/model/server-draft.ts';

const typed = { ...emptyServer, kind: 'turn', transport: 'tls', address: 'turn.example', user: 'alice' } as const;

test('comes back as it was typed, without the password, which is never kept', () => {
  const draft = formatServerDraft({ ...typed, password: 'hunter2' });
  expect(draft).not.toContain('hunter2');
  expect(readServerDraft(draft)).toEqual({ ...typed, password: '' });
});

test('of an empty form nothing is kept, nor where there is only a password', () => {
  expect(formatServerDraft(emptyServer)).toBe('');
  expect(formatServerDraft({ ...emptyServer, password: 'hunter2' })).toBe('');
  expect(readServerDraft('')).toBeUndefined();
  expect(readServerDraft(undefined)).toBeUndefined();
});

test('what another version has kept is no draft', () => {
  for (const text of ['{', 'null', '[]', '{"kind":"turn"}', JSON.stringify({ ...typed, kind: 'sturn' })])
    expect(readServerDraft(text)).toBeUndefined();
});
