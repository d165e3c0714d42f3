// What became of a run of npm test: how many passed and failed, how long each file took, and which tests failed with which words.
import { existsSync, readFileSync, rmSync } from 'node:fs';

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * What became of a file of tests, or of a step that has none.
 * @typedef {{ readonly name: string, readonly ms: number, readonly failed: number }} Took
 */

export class RunTally {
  passed = 0;
  failed = 0;
  /** @type {Took[]} */
  #times = [];
  /**
   * Whoever sees the end of the output only, sees what failed.
   * @type {string[]}
   */
  #faults = [];
  /**
   * Where the records of the parts that run now are.
   * @type {Set<string>}
   */
  #running = new Set();

  /** How many files and steps have ended. */
  get files() {
    return this.#times.length;
  }

  /**
   * A part begins that writes its record there, one line for each file that begins or ends (tests/support/runner/run-record.ts).
   * @param {string} record
   */
  begin(record) {
    rmSync(record, { force: true });
    this.#running.add(record);
  }

  /** @param {Took} took */
  add(took) {
    this.#times.push(took);
  }

  /** Takes in what the records of all running parts say. */
  countAll() {
    for (const record of this.#running) this.count(record);
  }

  /**
   * Takes in what the record of a running part says.
   * @param {string} record
   * @returns the files that have begun and not ended.
   */
  count(record) {
    if (!this.#running.delete(record)) return [];
    const text = existsSync(record) ? readFileSync(record, 'utf8') : '';
    /** @type {{ file: string, seconds?: number, passed: number, failed: number, faults?: string[] }[]} */
    const lines = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const ended = new Set();
    for (const { file, seconds: took, passed, failed, faults = [] } of lines) {
      if (took === undefined) continue;
      ended.add(file);
      this.passed += passed;
      this.failed += failed;
      this.add({ name: file, ms: took * 1000, failed });
      this.#faults.push(...faults.map((fault) => `${file} > ${fault}`));
    }
    return lines.map(({ file }) => file).filter((file) => !ended.has(file));
  }

  /** Every file of tests and every other step, the longest first; then what failed. */
  report() {
    const width = Math.max(...this.#times.map(({ ms }) => seconds(ms).length));
    const rows = this.#times
      .toSorted((one, other) => other.ms - one.ms)
      .map(({ name, ms, failed }) => `${seconds(ms).padStart(width)}  ${name}${failed ? '  FAILED' : ''}`);
    const failed = this.#faults.length > 0 ? ['', 'Failed:', ...this.#faults] : [];
    return ['Seconds per file and step:', ...rows, ...failed].join('\n');
  }
}
