// The two ends of everything that goes beside the media between two people, over a connection in memory.
import { SideChannels } from '../../../src/call/chat/channels/side-channels.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { ChatSaying } from '../../../src/core/transfer/chat.ts';
import type { FileView } from '../../../src/link/transfer/file-state.ts';
import { MemoryStore } from '../../../src/link/transfer/file-store.ts';
import type { LeftFile } from '../../../src/platform/store/received-files.ts';
import { FakeConnectionPair } from '../doubles/fake-channels.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { RememberedOffers } from '../doubles/remembered-offers.ts';
import { seededRandom } from '../doubles/seeded-random.ts';

/** A disk in memory that outlives a page. */
export class Disk extends MemoryStore {
  leftFiles: readonly LeftFile[] = [];
  async left(): Promise<readonly LeftFile[]> {
    return this.leftFiles;
  }
}

export class Side {
  readonly disk = new Disk();
  readonly said: string[] = [];
  readonly arrived: string[] = [];
  readonly views = new Map<string, FileView>();
  /** What was done, in order: `one.bin done`. */
  readonly story: string[] = [];
  isUp = false;
  readonly clock = new ManualClock(0);
  readonly offered = new RememberedOffers();
  /** Whether the other side is a contact. */
  isContact = true;
  readonly channels: SideChannels;

  constructor(participant: string, disk?: Disk) {
    if (disk) this.disk = disk;
    this.channels = new SideChannels({
      participant,
      disk: this.disk,
      clock: this.clock,
      isContact: async () => this.isContact,
      offered: this.offered,
      onSaid: (saying) => this.said.push(saying.text),
      onArrived: (id) => this.arrived.push(id),
      onFile: (view) => {
        const before = this.views.get(view.facts.id);
        if (view.state === 'done' && before?.state !== 'done') this.story.push(`${view.facts.name} done`);
        this.views.set(view.facts.id, view);
      },
      onUp: (isUp) => {
        this.isUp = isUp;
      },
    });
  }

  stateOf(id: string): string {
    return this.views.get(id)?.state ?? 'unknown';
  }
}

export function join(a: Side, b: Side): FakeConnectionPair {
  const pair = new FakeConnectionPair();
  a.channels.attach(pair.one);
  b.channels.attach(pair.two);
  pair.connect();
  return pair;
}

export function prove(...sides: readonly Side[]): void {
  for (const { channels } of sides) channels.prove();
}

export function twoSides() {
  const [a, b] = [new Side('bob'), new Side('alice')];
  return { a, b, pair: join(a, b) };
}

export const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};
export const saying = (number: number, text = `${number}`): ChatSaying => ({
  t: 'say',
  id: toBase64url(new Uint8Array(12).fill(number)),
  n: number,
  text,
});

export function randomFile(name: string, length: number, seed = 1): File {
  const random = seededRandom(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1_000) bytes[at] = random() * 256;
  return new File([bytes], name, { lastModified: 5 });
}

export const bytesOf = async (blob: Blob | undefined) => Buffer.from((await blob?.arrayBuffer()) ?? new ArrayBuffer());
