// The keys of what stands on the stage: H, E, P, W, digits for people, Page Up and Down. Never with a modifier, in a text field, or under
// an open dialog, as all keys of a call (shortcuts.ts).
import { useEffect, useRef } from 'preact/hooks';
import { bindKeys } from '../kit/bind-keys.ts';
import { isElsewhere, writesLatin } from './shortcuts.ts';

interface StageKeys {
  readonly onHand: () => void;
  readonly onReactions: () => void;
  readonly onPeople: () => void;
  readonly onView: () => void;
  /** From 1 on; 0 is for nobody. */
  readonly onPin: (place: number) => void;
  readonly onTurn: (by: 1 | -1) => void;
}

export function useStageKeys(keys: StageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    const bind = (key: string, run: () => void) => {
      bindings[key] = (event) => {
        if (!isElsewhere(event)) run();
      };
    };
    // Each by its place too, so that they work on keyboards that write no Latin letters.
    const bindLetter = (letter: string, run: () => void) => {
      bind(letter, run);
      bindings[`Key${letter.toUpperCase()}`] = (event) => {
        if (!writesLatin(event) && !isElsewhere(event)) run();
      };
    };
    bindLetter('h', () => latest.current.onHand());
    bindLetter('e', () => latest.current.onReactions());
    bindLetter('p', () => latest.current.onPeople());
    bindLetter('w', () => latest.current.onView());
    for (let place = 0; place <= 7; place++) bind(String(place), () => latest.current.onPin(place));
    bind('PageUp', () => latest.current.onTurn(-1));
    bind('PageDown', () => latest.current.onTurn(1));
    return bindKeys(window, bindings);
  }, []);
}
