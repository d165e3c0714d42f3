// The end of npm test: what failed stands there by name.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RunTally } from '../../tools/machine/run-tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ffc-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('tally: the report has the longest first, then each failed test with its words, and names what was under way', () => {
  const record = join(folder, 'record.jsonl');
  const tally = new RunTally();
  tally.begin(record);
  const lines = [
    { file: 'a.test.ts' },
    { file: 'a.test.ts', seconds: 1, passed: 2, failed: 1, faults: ['group > name: expected 1 to be 2'] },
    { file: 'b.test.ts' },
    { file: 'b.test.ts', seconds: 12.5, passed: 3, failed: 0, faults: [] },
    { file: 'c.test.ts' },
  ];
  writeFileSync(record, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(tally.count()).toEqual(['c.test.ts']);
  tally.add({ name: 'Types', ms: 500, failed: 0 });
  expect([tally.passed, tally.failed, tally.files]).toEqual([5, 1, 3]);
  expect(tally.report().split('\n')).toEqual([
    'Seconds per file and step:',
    '12.5 s  b.test.ts',
    ' 1.0 s  a.test.ts  FAILED',
    ' 0.5 s  Types',
    '',
    'Failed:',
    'a.test.ts > group > name: expected 1 to be 2',
  ]);
});
