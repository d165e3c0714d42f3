// Whose hand is up, first come first, as seen from here.
import { useRef } from 'preact/hooks';
import type { GroupModel } from '../model/group-model.ts';
import { isHere, ownId } from '../model/presence.ts';

/** The order of those who were up already stays; new ones come last. */
export function inOrder(before: readonly string[], raised: readonly string[]): readonly string[] {
  return [...before.filter((id) => raised.includes(id)), ...raised.filter((id) => !before.includes(id))];
}

export function useRaisedHands({ participants, ownHandRaised }: GroupModel): readonly string[] {
  const order = useRef<readonly string[]>([]);
  const others = participants.value.filter(({ presence, handRaised }) => isHere(presence.value) && handRaised.value);
  order.current = inOrder(order.current, [...others.map(({ id }) => id), ...(ownHandRaised.value ? [ownId] : [])]);
  return order.current;
}
