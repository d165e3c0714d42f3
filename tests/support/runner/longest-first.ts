// In which order the files of tests run: long ones first, so that no worker is alone with one at the end. Vitest itself goes by the size
// of a file until it has run it, and a fresh clone has run none.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes more than 80 s on two cores, and the unit tests that take more than 10 s; the longest first. */
const longFiles = [
  'network/hardships',
  'browsers/files',
  'browsers/coming-back',
  'browsers/call-endings',
  'browsers/first-call',
  'browsers/turn',
  'network/faults',
  'browsers/relays',
  'browsers/screen-share',
  'browsers/consent',
  'browsers/third-hosts',
  'browsers/devices',
  'scenarios/thousand-calls',
  'scenarios/glare',
  'core/backup-file',
  'scenarios/group',
].map((name) => `/tests/${name}.test.ts`);

function rank({ moduleId }: TestSpecification): number {
  const place = longFiles.findIndex((file) => moduleId.endsWith(file));
  return place === -1 ? longFiles.length : place;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
