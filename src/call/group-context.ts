// The people of this call for whichever view needs them, so that views in between need not pass them on.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { GroupActions, GroupModel } from './group-model.ts';

export interface Group {
  readonly model: GroupModel;
  readonly actions: GroupActions;
}

/** Undefined on pages that have no call. */
export const GroupContext = createContext<Group | undefined>(undefined);

export function useGroup(): Group | undefined {
  return useContext(GroupContext);
}
