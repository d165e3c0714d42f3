// Which texts a page carries with it: those that its own sources can ask for, and no others.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { neededTexts, sourcesFrom } from '../../tools/package/needed-texts.mjs';

const messages = {
  plain: { message: 'Plain', description: 'not carried' },
  named: { message: 'Call $NAME$', placeholders: { name: { content: '$1' } } },
  many_one: { message: '$1 thing' },
  many_other: { message: '$1 things' },
  endBusyAdvice: { message: 'Later' },
  other: { message: 'Other' },
};

test('needed texts: what is asked for by its key, as a number of things, or as one of a family', () => {
  const source = "text('plain'); text('named', name); plural('many', 2); about('endBusy'); `$" + '{key}Advice`';
  expect(neededTexts(messages, [source])).toEqual({
    plain: { message: 'Plain' },
    named: { message: 'Call $1' },
    many_one: { message: '$1 thing' },
    many_other: { message: '$1 things' },
    endBusyAdvice: { message: 'Later' },
  });
});

test('needed texts: the page for guests has those of its views and of the call, and none of the settings', () => {
  const sources = sourcesFrom('src/guest/index.ts');
  expect(sources).toContain('src/call/stage/call-stage.tsx');
  expect(sources.filter((path) => /^src\/(?:options|popup|background|platform\/extension)\//.test(path))).toEqual([]);
  const english = JSON.parse(readFileSync('public/_locales/en/messages.json', 'utf8'));
  const needed = neededTexts(
    english,
    sources.map((path) => readFileSync(path, 'utf8')),
  );
  expect(needed).toHaveProperty('guestAsk');
  expect(needed).toHaveProperty('callLeave');
  expect(needed).not.toHaveProperty('optionsNetworkText');
});
