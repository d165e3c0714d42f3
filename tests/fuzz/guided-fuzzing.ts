// The program behind `npm run fuzz`: scripts/fuzz.mjs bundles and starts it. Arguments: folder of the corpus, names, seconds of each, seed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusOf, GuidedRun, nameOf, parsers } from './fuzz-loop.ts';
import { PreciseCoverage } from './precise-coverage.ts';

/** @returns false when something was found. */
export async function fuzz(
  folder: string,
  name: string,
  seconds: number,
  seed: number,
  found: string,
): Promise<boolean> {
  const chosen = parsers.filter((parser) => name === 'all' || parser.name === name);
  if (chosen.length === 0) throw new Error(`no parser ${name}; there are ${parsers.map((one) => one.name).join(', ')}`);
  const here = import.meta.url;
  const rows: Record<string, unknown>[] = [];
  let isWell = true;
  for (const parser of chosen) {
    const corpus = await corpusOf(parser, folder);
    const coverage = new PreciseCoverage((url) => url === here);
    const run = new GuidedRun(parser, coverage);
    await run.start(corpus);
    const start = Date.now();
    await run.go(seed, start + seconds * 1000);
    const perSecond = Math.round((run.runs * 1000) / Math.max(1, Date.now() - start));
    const kept = await run.save(folder);
    coverage.close();
    rows.push({
      parser: parser.name,
      runs: run.runs,
      'runs/s': perSecond,
      blocks: run.blocks,
      kept,
      findings: run.findings.length,
    });
    for (const { input, what } of run.findings) {
      isWell = false;
      const file = join(found, `${parser.name}-${nameOf(input)}`);
      writeFileSync(file, input);
      console.log(`${parser.name}: ${what}\n  ${file}`);
    }
  }
  console.table(rows);
  return isWell;
}
