// Tells scripts/test.mjs of each file as soon as it has begun and ended, so that a run which is stopped has counts, too. One JSON object a line.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** What a fault says in its first line. */
const firstLine = (errors: readonly { readonly message?: string }[]) => errors[0]?.message?.split('\n', 1)[0] ?? '';

/** Each test that failed, and each file or group that failed around its tests: its name, and what the fault says. */
function faultsOf(module: TestModule): readonly string[] {
  const around = [module, ...module.children.allSuites()].map((part: TestModule | TestSuite) => ({
    name: part.type === 'suite' ? part.fullName : 'before, after or beside its tests',
    errors: part.errors(),
  }));
  const tests = [...module.children.allTests('failed')].map((test) => ({
    name: test.fullName,
    errors: test.result().errors ?? [],
  }));
  return [...around.filter(({ errors }) => errors.length > 0), ...tests].map(
    ({ name, errors }) => `${name}: ${firstLine(errors)}`,
  );
}

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
    const file = relative(process.cwd(), module.moduleId);
    this.#write({ file, seconds, passed: count('passed'), failed, faults: faultsOf(module) });
  }

  #write(line: object): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }
}
