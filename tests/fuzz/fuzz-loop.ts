// Fuzzing guided by coverage: inputs that reach a block of code which none has reached before are kept, and changed further.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileParsers } from './file-parsers.ts';
import { formatParsers } from './format-parsers.ts';
import type { FuzzedParser } from './fuzzed-parser.ts';
import { groupParsers } from './group-parsers.ts';
import { linkParsers } from './link-parsers.ts';
import { Mutator } from './mutator.ts';
import { ownWordParsers } from './own-word-parsers.ts';
import type { PreciseCoverage } from './precise-coverage.ts';
import { relayParsers } from './relay-parsers.ts';
import { roomParsers } from './room-parsers.ts';
import { wordParsers } from './word-parsers.ts';

type Input = Uint8Array<ArrayBuffer>;

export const parsers: readonly FuzzedParser[] = [
  ...wordParsers,
  ...ownWordParsers,
  ...groupParsers,
  ...fileParsers,
  ...formatParsers,
  ...linkParsers,
  ...relayParsers,
  ...roomParsers,
];

/** Inputs between two looks at the counters: a look costs more than a run. More while there is nothing new. */
const batchSize = { least: 8, most: 1_024 };
/** The busiest block of code runs so often for one input at most: a fixed part and so much for each byte. */
const mostRuns = { fixed: 500_000, eachByte: 2_000 };

/** An input for which a property does not hold. */
export interface Finding {
  readonly input: Input;
  readonly what: string;
}

/** What the parser has to say against an input; undefined when all is well. */
async function findingOf(parser: FuzzedParser, input: Input): Promise<Finding | undefined> {
  try {
    await parser.check(input);
    return undefined;
  } catch (error) {
    return { input, what: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** The inputs that are kept of a parser, the seeds of its table among them. */
export async function corpusOf(parser: FuzzedParser, folder: string): Promise<readonly Input[]> {
  const own = join(folder, parser.name);
  mkdirSync(own, { recursive: true });
  const kept = readdirSync(own)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(own, name))));
  return [...(await parser.seeds()), ...kept];
}

/** Seeded changes of the inputs, without looking at coverage. @returns what was found. */
export async function shortRun(parser: FuzzedParser, corpus: readonly Input[], seed: number, runs: number) {
  const mutator = new Mutator(seed, parser.dictionary);
  const findings: Finding[] = [];
  for (const input of corpus) findings.push(...[await findingOf(parser, input)].filter((one) => one !== undefined));
  for (let run = 0; run < runs; run++) {
    const finding = await findingOf(parser, mutator.next(corpus));
    if (finding) findings.push(finding);
  }
  return findings;
}

/** One parser, guided by coverage, until the time is over. */
export class GuidedRun {
  readonly parser: FuzzedParser;
  readonly findings: Finding[] = [];
  runs = 0;
  readonly #coverage: PreciseCoverage;
  readonly #reached = new Set<string>();
  #kept: Input[] = [];

  constructor(parser: FuzzedParser, coverage: PreciseCoverage) {
    this.parser = parser;
    this.#coverage = coverage;
  }

  /** Blocks of code that some input reaches. */
  get blocks(): number {
    return this.#reached.size;
  }

  /** The shortest inputs first that reach everything together. */
  async start(corpus: readonly Input[]): Promise<void> {
    this.#coverage.look();
    for (const input of [...corpus].sort((a, b) => a.length - b.length)) await this.#tryOne(input);
  }

  async go(seed: number, endMs: number): Promise<void> {
    const mutator = new Mutator(seed, this.parser.dictionary);
    let size = batchSize.least;
    while (Date.now() < endMs && this.findings.length < 10) {
      const inputs = Array.from({ length: size }, () => mutator.next(this.#kept));
      this.#coverage.look();
      for (const input of inputs) await this.#run(input);
      const { blocks, most } = this.#coverage.look();
      const isNews = [...blocks].some((block) => !this.#reached.has(block)) || most > mostRuns.fixed * size;
      if (isNews) for (const input of inputs) await this.#tryOne(input);
      size = isNews ? batchSize.least : Math.min(batchSize.most, size * 2);
    }
  }

  /** Writes what is kept, and nothing else, into the folder of the parser. @returns how many there are. */
  async save(folder: string): Promise<number> {
    const own = join(folder, this.parser.name);
    const all = this.#kept;
    this.#kept = [];
    this.#reached.clear();
    await this.start(all);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
    for (const input of this.#kept) writeFileSync(join(own, nameOf(input)), input);
    return this.#kept.length;
  }

  async #tryOne(input: Input): Promise<void> {
    this.#coverage.look();
    await this.#run(input);
    const { blocks, most } = this.#coverage.look();
    if (most > mostRuns.fixed + mostRuns.eachByte * input.length)
      this.findings.push({ input, what: `a block of code runs ${most} times` });
    const news = [...blocks].filter((block) => !this.#reached.has(block));
    if (news.length === 0) return;
    for (const block of news) this.#reached.add(block);
    this.#kept.push(input);
  }

  async #run(input: Input): Promise<void> {
    this.runs += 1;
    const finding = await findingOf(this.parser, input);
    if (finding && !this.findings.some(({ what }) => what === finding.what)) this.findings.push(finding);
  }
}

export function nameOf(input: Input): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 12);
}
