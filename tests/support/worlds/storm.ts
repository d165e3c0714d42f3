// Bad weather over a whole simulated world: each relay has its own, and its own accidents. Always the same for the same seed.
import type { SimulatedWorld } from './simulated-world.ts';

/** Gives every relay its weather and, in the next `forMs`, its hangs and crashes. */
export function brewStorm(world: SimulatedWorld, forMs: number): void {
  const part = (most: number): number => (most * world.chance(1_000)) / 1_000;
  for (const relay of world.relays) {
    relay.weather = {
      lose: part(0.3),
      double: part(0.3),
      flip: part(0.1),
      truncate: part(0.1),
      replay: part(0.2),
      stall: part(0.2),
      maxDelayMs: 20 + world.chance(400),
    };
    relay.holdsMs = world.chance(2) * 90_000;
    for (let accidents = world.chance(3); accidents > 0; accidents--) {
      const lastsMs = 500 + world.chance(15_000);
      const hangs = world.chance(2) === 0;
      world.clock.after(world.chance(forMs), () => (hangs ? relay.hang(lastsMs) : relay.crash(lastsMs)));
    }
  }
}
