// What a device in a call says of it to the person's other ones, so that they offer to take it over only where they can (docs/protocol.md#own-devices).

/** What stands in the way: more people or a door for guests, a recording made there, on hold or not up. */
export const moveObstacles = ['several', 'recording', 'not-up'] as const;
export type MoveObstacle = (typeof moveObstacles)[number];

/** What ends with a move. */
export const moveLosses = ['screen', 'files'] as const;
export type MoveLoss = (typeof moveLosses)[number];

/** Older versions say nothing of either: then neither is known. */
export interface MoveOutlook {
  readonly stays?: MoveObstacle;
  readonly loses?: readonly MoveLoss[];
}
