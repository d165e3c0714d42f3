// npm start runs the tests' support in a module runner that is closed once all is imported: nothing there may be imported later.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const support = 'tests/support';
const files = readdirSync(support, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** The tools that the support imports. */
function toolsOf(name: string): readonly string[] {
  return [...readFileSync(join(support, name), 'utf8').matchAll(/'(?:\.\.\/)+(tools\/[\w/-]+\.mjs)'/g)].flatMap(
    ([, tool]) => tool ?? [],
  );
}

test('what drives browsers imports nothing late', () => {
  const all = [...files.map((name) => join(support, name)), ...new Set(files.flatMap(toolsOf))];
  expect(all).toContain('tools/package/zip-folder.mjs');
  expect(all.filter((path) => /await import\(/.test(readFileSync(path, 'utf8')))).toEqual([]);
});
