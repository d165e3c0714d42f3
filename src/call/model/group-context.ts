// The people of this call for whichever view needs them, so that views in between need not pass them on.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Door } from './door-model.ts';
import type { GroupActions, GroupModel } from './group-model.ts';

export interface Group {
  readonly model: GroupModel;
  readonly actions: GroupActions;
  /** The person here is a guest: brings nobody in, locks nothing and has no contacts. */
  readonly isGuest?: boolean;
  /** The page was opened for guests: what it shows while nobody is there. */
  readonly door?: Door;
}

export interface GroupOnPage extends Group {
  /** Asks whom to add. The question stays while the view changes with the number of people. */
  readonly onAdd: () => void;
}

/** Undefined on pages that have no call. */
export const GroupContext = createContext<GroupOnPage | undefined>(undefined);

export function useGroup(): GroupOnPage | undefined {
  return useContext(GroupContext);
}
