// Tells scripts/test.mjs of each file as soon as it has begun and ended, so that a run which is stopped has counts, too. One JSON object a line.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

export class RunRecord implements Reporter {
  readonly #path: string;
  readonly #begun = new Map<string, number>();

  /** Adds to the file of that path. */
  constructor(path: string) {
    this.#path = path;
  }

  onTestModuleQueued({ id, moduleId }: TestModule): void {
    this.#begun.set(id, performance.now());
    this.#write({ file: relative(process.cwd(), moduleId) });
  }

  onTestModuleEnd(module: TestModule): void {
    const count = (state: 'passed' | 'failed') => [...module.children.allTests(state)].length;
    // A file that cannot be read, or a hook before its tests, fails without a test that does.
    const failed = count('failed') || (module.ok() ? 0 : 1);
    const seconds = (performance.now() - (this.#begun.get(module.id) ?? performance.now())) / 1000;
    this.#write({ file: relative(process.cwd(), module.moduleId), seconds, passed: count('passed'), failed });
  }

  #write(line: object): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }
}
