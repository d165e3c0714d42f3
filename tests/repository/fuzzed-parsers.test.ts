// Whatever reads what others have written is fuzzed: a new parser cannot be forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
const read = (path: string): string => readFileSync(path, 'utf8');

/** Reached through another parser, which is fuzzed. */
const within: Readonly<Record<string, string>> = {
  parseBody: 'readRoomEntry',
  parseRelayMessage: 'dialects',
  parseRelayUrl: 'isAcceptableRelayUrl',
  parseWire: 'parseMeshMessage',
};

// Seen to fail with parseServerLink and parseRoomFile taken out of the lists.
test('every parser of what comes from others is in the lists of what is fuzzed', () => {
  const named = filesIn('src').flatMap((path) =>
    [...read(path).matchAll(/^export (?:async )?function (parse\w+)/gm)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(15);
  // An import alone gives nothing to a parser.
  const lists = filesIn('tests/fuzz').map((path) => read(path).replaceAll(/^import [^;]*;$/gm, ''));
  const isFuzzed = (name: string) => lists.some((list) => new RegExp(`\\b${within[name] ?? name}\\b`).test(list));
  expect(named.filter((name) => !isFuzzed(name))).toEqual([]);
});
