// In which corner of the stage the own picture stands, and which one it comes to when it is moved. Pure; as the screen is seen, whatever the
// direction of writing.

export type SelfCorner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export const firstCorner: SelfCorner = 'bottom-right';

export type SelfMove = 'left' | 'right' | 'up' | 'down';

/** The corner that lies in this direction, or the same one at the edge. */
export function movedCorner(corner: SelfCorner, move: SelfMove): SelfCorner {
  const [row, side] = corner.split('-') as ['top' | 'bottom', 'left' | 'right'];
  if (move === 'left' || move === 'right') return `${row}-${move}`;
  return `${move === 'up' ? 'top' : 'bottom'}-${side}`;
}

/** The next one clockwise: all four come in turn. */
export function nextCorner(corner: SelfCorner): SelfCorner {
  const turn: Readonly<Record<SelfCorner, SelfCorner>> = {
    'bottom-right': 'bottom-left',
    'bottom-left': 'top-left',
    'top-left': 'top-right',
    'top-right': 'bottom-right',
  };
  return turn[corner];
}

/** The corner that is nearest to a point of the stage, from 0 to 1 in both directions. */
export function cornerAt(x: number, y: number): SelfCorner {
  return `${y < 0.5 ? 'top' : 'bottom'}-${x < 0.5 ? 'left' : 'right'}`;
}
