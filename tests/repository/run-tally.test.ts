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
  // Another part runs beside it.
  const other = join(folder, 'other.jsonl');
  tally.begin(other);
  expect(tally.count(record)).toEqual(['c.test.ts']);
  expect(tally.count(record), 'once').toEqual([]);
  writeFileSync(other, `${JSON.stringify({ file: 'd.test.ts', seconds: 3, passed: 1, failed: 0 })}\n`);
  tally.countAll();
  tally.add({ name: 'Types', ms: 500, failed: 0 });
  expect([tally.passed, tally.failed, tally.files]).toEqual([6, 1, 4]);
  expect(tally.report().split('\n')).toEqual([
    'Seconds per file and step:',
    '12.5 s  b.test.ts',
    ' 3.0 s  d.test.ts',
    ' 1.0 s  a.test.ts  FAILED',
    ' 0.5 s  Types',
    '',
    'Failed:',
    'a.test.ts > group > name: expected 1 to be 2',
  ]);
});
