// In which order the files of tests run: long ones first, so that no worker is alone with one at the end. Vitest itself goes by the size
// of a file until it has run it, and a fresh clone has run none.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes more than 80 s on two cores, and the unit tests that take more than 10 s; the longest first. */
const longFiles = [
  'network/hardships',
  'network/connect',
  'network/faults',
  'browsers/chat',
  'browsers/call-endings',
  'browsers/files',
  'browsers/rooms',
  'browsers/coming-back',
  'browsers/turn',
  'browsers/relays',
  'browsers/first-call',
  'browsers/third-hosts',
  'browsers/guests/open-door',
  'browsers/recordings/film',
  'browsers/one-link',
  'browsers/guest-page',
  'scenarios/group-of-many',
  'scenarios/thousand-calls',
  'scenarios/glare',
  'platform/media/track-copy',
  'scenarios/hostile/deaths',
  'core/data/backup-file',
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
