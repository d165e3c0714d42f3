// Who is said to have brought somebody who is no contact: only whoever both of them prove.
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { Newcomers, type NewcomersParts } from '../../../src/call/group/newcomers.ts';
import type { Newcomer } from '../../../src/call/model/group-model.ts';
import { goBetweens, type Roster, type RosterEntry } from '../../../src/core/group/roster.ts';

const entry = (...links: readonly string[]) =>
  ({ entry: { here: true, links } as unknown as RosterEntry, signed: { e: '', s: '' } }) as const;

/** Everybody of `linked` has a link to this page; those of `contacts` are in the phone book. */
function setUp(said: Readonly<Record<string, readonly string[]>>, linked: readonly string[], contacts: string[] = []) {
  const roster: Roster = new Map(Object.entries(said).map(([id, links]) => [id, entry(...links)]));
  const seats = new Map(linked.map((id) => [id, { id, isUp: true, call: { contact: { name: `the name of ${id}` } } }]));
  const parts = {
    self: 'me',
    model: { newcomers: signal<readonly Newcomer[]>([]) },
    mesh: { roster, between: (id: string) => goBetweens(roster, id, new Set(linked)) },
    seats,
    marks: { isRead: true, contact: (id: string) => (contacts.includes(id) ? { id } : undefined) },
    onChange: () => undefined,
  };
  return new Newcomers(parts as unknown as NewcomersParts);
}

describe('whoever has brought somebody (E.59, M2)', () => {
  test('is who both of them say it of', () => {
    expect(setUp({ bob: ['carol'], carol: ['bob'] }, ['bob']).introducer('carol')?.id).toBe('bob');
  });

  // Seen to fail without the question whether both say it.
  test('is nobody who only claims it, though there be nobody else', () => {
    expect(setUp({ bob: ['carol'], carol: [] }, ['bob']).introducer('carol')).toBeUndefined();
    expect(setUp({ bob: [], carol: ['bob'] }, ['bob']).introducer('carol')).toBeUndefined();
  });

  // Seen to fail with the first of them.
  test('of several is a contact', () => {
    const said = { bob: ['carol'], dave: ['carol'], carol: ['bob', 'dave'] };
    expect(setUp(said, ['bob', 'dave'], ['dave']).introducer('carol')?.id).toBe('dave');
  });
});
