// A script for the chaos proxy out of a seed: the same seed does the same to the same frames.
import type { Chaos, ChaosProxy } from './chaos-proxy.ts';

/** Seeds of a test: 1 to `count`, or the one in FFC_CHAOS_SEED. Put them into test names, so that a failure shows its own. */
export function chaosSeeds(count: number): number[] {
  const chosen = process.env['FFC_CHAOS_SEED'];
  return chosen === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(chosen)];
}

/** Every kind of chaos; what damages frames is kept away from the relay, which is not what is tested. */
const harmless: readonly Chaos[] = [
  'drop',
  'duplicate',
  'reorder',
  'half-open',
  { delayMs: 30 },
  { replayMs: 40 },
  { slowReadMs: 30 },
  { closeCode: 1001 },
  { closeCode: 1006 },
  { closeCode: 1012 },
];
const damaging: readonly Chaos[] = ['flip', { truncateTo: 20 }];

/** About one frame in three suffers. */
export function seededChaos(seed: number): ChaosProxy['script'] {
  let state = seed >>> 0;
  // mulberry32
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return ({ direction }) => {
    const kinds = direction === 'down' ? [...harmless, ...damaging, ...damaging] : harmless;
    return random() < 0.3 ? kinds[Math.floor(random() * kinds.length)] : undefined;
  };
}
