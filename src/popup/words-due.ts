// Whether the popup reminds of the 24 words: they are not on paper yet, and there is something to lose.
import type { PopupModel } from './popup-model.ts';

/** So long after it was made an identity is worth its words on paper, even without a call. */
const afterMs = 86_400_000;

/** True from the first call on, or from the second day on, until the words were written down. */
export function areWordsDue({ identity, history }: Pick<PopupModel, 'identity' | 'history'>, now: number): boolean {
  const own = identity.value;
  if (own?.state !== 'present' || own.identity.wordsChecked) return false;
  return history.value.length > 0 || now - own.identity.createdAt > afterMs;
}
