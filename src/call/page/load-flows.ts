// Loads what makes a call, once: after the first screen, and before a click needs it.

/** Rejects when it cannot be loaded, for example because the files of another version have taken the place of ours. */
export const loadFlows = () => import('./flow-maker.ts');
