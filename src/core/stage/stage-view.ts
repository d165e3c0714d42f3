// Which view of a group call a person sees: everybody alike, the speaker large, or a shown screen large. A screen that begins takes the
// stage and gives it back when it ends, unless the person decides otherwise. Pure.

export type ViewKind = 'grid' | 'speaker' | 'presentation';

/** What has the large place. */
export interface Large {
  readonly what: 'person' | 'screen';
  /** A participant's id; for a screen, whose it is. */
  readonly id: string;
}

/** What the person chose, beyond one call. */
export interface StageChoice {
  /** How people are seen while no screen is looked at. */
  readonly people: 'grid' | 'speaker';
  /** Where one's own picture stands. */
  readonly self: 'grid' | 'corner';
}

export const firstChoice: StageChoice = { people: 'grid', self: 'grid' };

export interface StageView {
  readonly people: StageChoice['people'];
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
  | { readonly event: 'choose-view'; readonly view: ViewKind }
  | { readonly event: 'choose-screen'; readonly id: string }
  | { readonly event: 'pin'; readonly id: string | undefined }
  /** The next view in turn. */
  | { readonly event: 'turn' };

/** A call begins as the last one was seen. */
export function beginView({ people }: StageChoice): StageView {
  return { people, screens: [], screen: undefined, isScreenAside: false, pinned: undefined };
}

export function stepView(view: StageView, event: StageEvent): StageView {
  switch (event.event) {
    case 'screens':
      return withScreens(view, event.ids);
    case 'people':
      return view.pinned === undefined || event.ids.includes(view.pinned) ? view : { ...view, pinned: undefined };
    case 'choose-view':
      return chosen(view, event.view);
    case 'choose-screen':
      if (!view.screens.includes(event.id)) return view;
      return { ...view, screen: event.id, isScreenAside: false, pinned: undefined };
    case 'pin':
      return { ...view, pinned: event.id };
    case 'turn': {
      const kinds = viewKinds(view);
      const next = kinds[(kinds.indexOf(viewKind(view)) + 1) % kinds.length];
      return next ? chosen(view, next) : view;
    }
  }
}

/** The views that can be chosen now. */
export function viewKinds({ screens }: StageView): readonly ViewKind[] {
  return screens.length > 0 ? ['grid', 'speaker', 'presentation'] : ['grid', 'speaker'];
}

export function viewKind({ people, screen, isScreenAside }: StageView): ViewKind {
  return screen !== undefined && !isScreenAside ? 'presentation' : people;
}

/** What is large; undefined where everybody is alike. `speaker` is who speaks, or whoever stands for them. */
export function largeOf(view: StageView, speaker: string | undefined): Large | undefined {
  if (view.pinned !== undefined) return { what: 'person', id: view.pinned };
  if (view.screen !== undefined && !view.isScreenAside) return { what: 'screen', id: view.screen };
  if (view.people === 'speaker' && speaker !== undefined) return { what: 'person', id: speaker };
  return undefined;
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

function chosen(view: StageView, kind: ViewKind): StageView {
  if (kind === 'presentation')
    return view.screens.length > 0 ? { ...view, isScreenAside: false, pinned: undefined } : view;
  return { ...view, people: kind, isScreenAside: view.screens.length > 0, pinned: undefined };
}
