// docs/habits.md against the gallery and the journeys that it names. Seen to fail with a state of another name, and with a wrong sum.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const text = readFileSync('docs/habits.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number = '', habit = '', is = '', where = '']) => ({ number, habit, is, where }));

const files = {
  call: ['call-states', 'stage-states'],
  popup: ['popup-states'],
  options: ['options-states'],
  guest: ['guest-states'],
  room: ['room-states'],
  recordings: ['recordings-states'],
  messages: ['messages-states'],
  trial: ['trial/trial-states'],
};
const statesOf = (page: keyof typeof files): string =>
  files[page].map((name) => readFileSync(`src/gallery/${name}.ts`, 'utf8')).join('');

/** What a cell names: states of the gallery with their pages, and journeys. */
function named(where: string) {
  const states: { page: keyof typeof files; state: string }[] = [];
  const journeys: string[] = [];
  for (const part of where.split(/;|: (?=gallery|journey)|, (?=[^`]*(?:gallery|journey))/)) {
    let page: keyof typeof files | undefined;
    for (const [, prefix, name = ''] of part.matchAll(/(?<!\[)`(?:(\w+): )?([\w/-]+)`/g)) {
      if (prefix) page = prefix as keyof typeof files;
      if (/journey/.test(part) && !prefix) journeys.push(name);
      else if (page) states.push({ page, state: name });
    }
  }
  return { states, journeys };
}

describe('habits: docs/habits.md', () => {
  test('has each of them once, in order', () => {
    expect(rows.map(({ number }) => Number(number))).toEqual(Array.from({ length: 38 }, (_, at) => at + 1));
  });

  test('counts them as they are', () => {
    const count = (is: string) => rows.filter((row) => row.is === is).length;
    const words = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    const [, tens = '', more = '', partly = '', not = '', out = ''] =
      /^(Twenty|Thirty)(?:-(\w+))? are there, (?:(\w+) partly, )?(\w+) not yet; (\w+) are left out by design\.$/m.exec(
        text,
      ) ?? [];
    expect((tens === 'Thirty' ? 30 : 20) + words.indexOf(more)).toBe(count('yes'));
    expect([partly, not, out].map((word) => words.indexOf(word))).toEqual(
      ['partly', 'not yet', 'left out'].map((is) => count(is)),
    );
  });

  test('shows each that is there, in states and journeys that there are', () => {
    for (const { habit, is, where } of rows) {
      const { states, journeys } = named(where);
      if (is === 'yes')
        expect(states.length + journeys.length + Number(/decisions\//.test(where)), habit).toBeGreaterThan(0);
      for (const { page, state } of states)
        expect(new RegExp(`^  '?${state}'?:`, 'm').test(statesOf(page)), `${page}: ${state}`).toBe(true);
      for (const name of journeys) expect(existsSync(`tests/browsers/${name}.test.ts`), name).toBe(true);
    }
  });
});
