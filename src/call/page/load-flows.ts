// Loads what carries a call, once: after the first screen, and before a click needs it.

/** Rejects when it cannot be loaded, for example because the files of another version have taken the place of ours. */
export const loadFlows = () => import('./flow-maker.ts');

/** The relays alone, for a group that listens on its own. */
export const loadRelays = () => import('../../platform/relay/open-relay-pool.ts');
