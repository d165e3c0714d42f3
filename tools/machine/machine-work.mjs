// One known piece of work, some 25 ms of a fast core, and a thread that does it again and again. Runs with no node_modules.
import { createHash } from 'node:crypto';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

const bytes = new Uint8Array(400_000).map((_, place) => (place * 31) % 251);
const people = Array.from({ length: 2_500 }, (_, place) => ({
  id: `person-${place}`,
  relays: [place, place + 1],
  name: 'Zoë',
}));

/** Hashing, JSON and memory, as the product and its tests do them. @returns the ms it took. */
export function doKnownWork() {
  const start = performance.now();
  for (let turn = 0; turn < 4; turn++) createHash('sha256').update(bytes).digest();
  for (let turn = 0; turn < 4; turn++) {
    /** @type {typeof people} */
    const copy = JSON.parse(JSON.stringify(people));
    new Map(copy.map((person) => [person.id, person])).get('person-7')?.relays.push(turn);
  }
  bytes.slice().sort();
  return performance.now() - start;
}

const port = parentPort;
if (!isMainThread && port && workerData?.turns) {
  doKnownWork();
  port.postMessage('ready');
  port.once('message', () => {
    for (let turn = 0; turn < workerData.turns; turn++) doKnownWork();
    port.postMessage('done');
  });
}
