// Every parser that meets the network, with all inputs that `npm run fuzz` has kept and some new ones: never throws, takes nothing out of
// bounds, reads again what it has read.
import { expect, test } from 'vitest';
import { fuzzRuns } from '../support/samples/test-identity.ts';
import { corpusOf, parsers, shortRun } from './fuzz-loop.ts';

/** Another run of the same length: FFC_FUZZ_SEED. */
const seed = Number(process.env['FFC_FUZZ_SEED'] ?? 1);

test.each(parsers.map((parser) => [parser.name, parser] as const))(`%s (seed ${seed})`, async (_, parser) => {
  const corpus = await corpusOf(parser, 'tests/fuzz/corpus');
  expect(corpus.length).toBeGreaterThan(0);
  const findings = await shortRun(parser, corpus, seed, fuzzRuns(60));
  expect(findings.map(({ what, input }) => `${what}: ${Buffer.from(input).toString('base64')}`)).toEqual([]);
});
