// Every way in which a call ends has words for people.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endReasonTexts } from '../../../src/call/model/end-reason-texts.ts';
import { clockText } from '../../../src/ui/format/duration.ts';

const root = new URL('../../../', import.meta.url);
const messages: Record<string, { readonly message: string } | undefined> = JSON.parse(
  readFileSync(new URL('public/_locales/en/messages.json', root), 'utf8'),
);

describe('the words for the end of a call', () => {
  it.each(Object.entries(endReasonTexts))('%s has a short form, a sentence and advice', (_reason, texts) => {
    for (const key of Object.values(texts)) expect(messages[key]?.message, key).toMatch(/\S/);
  });

  it('are different for each reason', () => {
    const sentences = Object.values(endReasonTexts).map(({ sentence }) => messages[sentence]?.message);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('the duration of a call', () => {
  it.each([
    [0, '0:00'],
    [7_900, '0:07'],
    [725_000, '12:05'],
    [3_729_000, '1:02:09'],
    [-5, '0:00'],
  ])('%i ms reads %s', (ms, words) => {
    expect(clockText(ms)).toBe(words);
  });
});
