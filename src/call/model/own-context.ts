// What is our own, for whichever view needs it, so that views in between need not pass it on.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { OwnActions, OwnModel } from './own-model.ts';

export interface Own {
  readonly model: OwnModel;
  readonly actions: OwnActions;
}

export const OwnContext = createContext<Own | undefined>(undefined);

export function useOwn(): Own {
  const own = useContext(OwnContext);
  if (!own) throw new Error('a view of our own outside a call page');
  return own;
}
