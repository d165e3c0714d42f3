// Loads what makes a call, once: after the first screen, and before a click needs it.

/** Rejects when it cannot be loaded, for example because the files of another version have taken the place of ours. */
export async function loadFlows(): Promise<Pick<typeof import('./flow-maker.ts'), 'FlowMaker'>> {
  const [flows] = await Promise.all([import('./flow-maker.ts'), import('../chat/channels/side-channels.ts')]);
  return flows;
}
