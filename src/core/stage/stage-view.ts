// Which view of a call a person sees: the only other one over the whole stage (calm), everybody alike, the speaker large, or a shown screen
// large. A screen that begins takes the stage and gives it back when it ends, unless the person decides otherwise. Pure.

import type { SelfCorner } from './self-place.ts';

export type ViewKind = 'calm' | 'grid' | 'speaker' | 'presentation';

/** Who there is to be seen. */
export interface Onstage {
  /** The only other person; undefined in a call of more. */
  readonly alone: string | undefined;
  /** Who speaks, or whoever stands for them. */
  readonly speaker: string | undefined;
}

/** What has the large place. */
export interface Large {
  readonly what: 'person' | 'screen';
  /** A participant's id; for a screen, whose it is. */
  readonly id: string;
}

/** What the person chose, beyond one call. */
export interface StageChoice {
  /** How several people are seen while no screen is looked at. */
  readonly people: 'grid' | 'speaker';
  /** Where one's own picture stands, but for the calm view, which has it in the corner. */
  readonly self: 'grid' | 'corner';
  /** The corner where it stands; the usual one where nothing was chosen. */
  readonly corner?: SelfCorner;
  /** The own picture is not shown here; others see it all the same. */
  readonly isSelfHidden?: boolean;
  /** The small window over all others opens by itself when the tab is left, where the browser lets it; left out: yes. */
  readonly opensMini?: boolean;
  /** The own picture in own recordings; left out: small. */
  readonly ownRecorded?: OwnRecorded;
}

/** Small: enough to see who speaks. None: the voice alone. */
export type OwnRecorded = 'small' | 'full' | 'none';

export const firstChoice: StageChoice = { people: 'grid', self: 'grid' };

export interface StageView {
  readonly people: StageChoice['people'];
  /** How one other person is seen while no screen is looked at. */
  readonly pair: 'calm' | 'grid';
  /** Whose screens are shown, in the order in which they began. */
  readonly screens: readonly string[];
  readonly screen: string | undefined;
  /** There is a screen, but the person prefers to see people. */
  readonly isScreenAside: boolean;
  readonly pinned: string | undefined;
}

export type StageEvent =
  | { readonly event: 'screens'; readonly ids: readonly string[] }
  | { readonly event: 'people'; readonly ids: readonly string[] }
  | { readonly event: 'choose-view'; readonly view: ViewKind; readonly isPair: boolean }
  | { readonly event: 'choose-screen'; readonly id: string }
  | { readonly event: 'pin'; readonly id: string | undefined }
  /** The next view in turn. */
  | { readonly event: 'turn'; readonly isPair: boolean };

/** A call begins as the last one was seen. */
export function beginView({ people }: StageChoice): StageView {
  return { people, pair: 'calm', screens: [], screen: undefined, isScreenAside: false, pinned: undefined };
}

export function stepView(view: StageView, event: StageEvent): StageView {
  switch (event.event) {
    case 'screens':
      return withScreens(view, event.ids);
    case 'people':
      return view.pinned === undefined || event.ids.includes(view.pinned) ? view : { ...view, pinned: undefined };
    case 'choose-view':
      return chosen(view, event.view, event.isPair);
    case 'choose-screen':
      if (!view.screens.includes(event.id)) return view;
      return { ...view, screen: event.id, isScreenAside: false, pinned: undefined };
    case 'pin':
      return { ...view, pinned: event.id };
    case 'turn': {
      const kinds = viewKinds(view, event.isPair);
      const next = kinds[(kinds.indexOf(viewKind(view, event.isPair)) + 1) % kinds.length];
      return next ? chosen(view, next, event.isPair) : view;
    }
  }
}

/** The views that can be chosen now. */
export function viewKinds({ screens }: StageView, isPair: boolean): readonly ViewKind[] {
  const people: readonly ViewKind[] = isPair ? ['calm', 'grid'] : ['grid', 'speaker'];
  return screens.length > 0 ? [...people, 'presentation'] : people;
}

/** The view that is chosen: somebody pinned is large in any of them. */
export function viewKind({ people, pair, screen, isScreenAside }: StageView, isPair: boolean): ViewKind {
  if (screen !== undefined && !isScreenAside) return 'presentation';
  return isPair ? pair : people;
}

/** What is large; undefined where everybody is alike. */
export function largeOf(view: StageView, { alone, speaker }: Onstage): Large | undefined {
  if (view.pinned !== undefined) return { what: 'person', id: view.pinned };
  if (view.screen !== undefined && !view.isScreenAside) return { what: 'screen', id: view.screen };
  const large = alone === undefined ? view.people === 'speaker' && speaker : view.pair === 'calm' && alone;
  return large ? { what: 'person', id: large } : undefined;
}

function withScreens(view: StageView, ids: readonly string[]): StageView {
  const kept = view.screens.filter((id) => ids.includes(id));
  const begun = ids.filter((id) => !view.screens.includes(id));
  if (begun.length === 0 && kept.length === view.screens.length) return view;
  const screens = [...kept, ...begun];
  const newest = screens.at(-1);
  const isLookedAt = view.screen !== undefined && kept.includes(view.screen) && !view.isScreenAside;
  if (begun.length > 0) return { ...view, screens, screen: isLookedAt ? view.screen : newest, isScreenAside: false };
  const screen = view.screen !== undefined && kept.includes(view.screen) ? view.screen : newest;
  return { ...view, screens, screen, isScreenAside: view.isScreenAside && screens.length > 0 };
}

function chosen(view: StageView, kind: ViewKind, isPair: boolean): StageView {
  if (kind === 'presentation')
    return view.screens.length > 0 ? { ...view, isScreenAside: false, pinned: undefined } : view;
  const seen = { ...view, isScreenAside: view.screens.length > 0, pinned: undefined };
  if (isPair) return { ...seen, pair: kind === 'calm' ? 'calm' : 'grid' };
  return { ...seen, people: kind === 'speaker' ? 'speaker' : 'grid' };
}
