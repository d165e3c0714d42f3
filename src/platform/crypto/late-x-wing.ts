// X-Wing where it is loaded when it is first needed: in pages. A service worker may load nothing later, and has it from the start.
import type { xWing } from './x-wing.ts';

/** Brings what seals against quantum computers. */
export type LoadXWing = () => Promise<typeof xWing>;

export const lateXWing: LoadXWing = async () => (await import('./x-wing.ts')).xWing;
