// Every way in which a call ends, and every text of the call page, has words for people.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endReasonTexts } from '../../../src/call/model/end-reason-texts.ts';
import { clockText } from '../../../src/ui/duration.ts';

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

describe('the texts of the call page', () => {
  const folder = new URL('src/call/', root);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const keysOf = (file: string) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/'((?:call|chat|group)[A-Z][A-Za-z]*)'/g)].map(
      ([, key]) => key ?? '',
    );
  // 'callEnd…' are families of keys, covered above; the id of a call is no text.
  const used = sources.flatMap(keysOf).filter((key) => !key.startsWith('callEnd') && key !== 'callId');

  it('all exist', () => {
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !messages[key])).toEqual([]);
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
