// Which buttons of the bar stand in it, and which wait in its menu, for a width. Pure; CSS pixels, as in bar.css.

/** What the menu can take over, in the order in which it is needed at hand. The switches, the menu itself and leaving always stay. */
export const barButtons = [
  'chat',
  'room',
  'people',
  'screen',
  'add',
  'devices',
  'hand',
  'reactions',
  'view',
  'record',
] as const;
export type BarButton = (typeof barButtons)[number];

interface Measures {
  readonly button: number;
  readonly gap: number;
  readonly leave: number;
  readonly padding: number;
  /** Beside microphone and camera, to choose devices. */
  readonly arrows: number;
}

const usual: Measures = { button: 52, gap: 10, leave: 68, padding: 16, arrows: 2 * 28 };
const small: Measures = { button: 44, gap: 5, leave: 56, padding: 8, arrows: 0 };
/** A bar narrower than this has smaller buttons. */
const usualFrom = 560;
/** Microphone, camera and the menu. */
const fixedButtons = 3;

export interface BarFit {
  readonly isSmall: boolean;
  readonly inBar: ReadonlySet<BarButton>;
}

/** @param possible those that there are: a browser may share no screen. */
export function fitBar(width: number, possible: readonly BarButton[]): BarFit {
  const isSmall = width < usualFrom;
  const { button, gap, leave, padding, arrows } = isSmall ? small : usual;
  const room = width - padding - leave - arrows - fixedButtons * (button + gap);
  const count = Math.max(0, Math.floor(room / (button + gap)));
  const wanted = barButtons.filter((one) => possible.includes(one));
  return { isSmall, inBar: new Set(wanted.slice(0, count)) };
}
