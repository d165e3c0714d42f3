// The one place that knows tinykeys, the package that binds keys.
import { tinykeys } from 'tinykeys';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

/**
 * Calls what is bound to a key when it goes down in `target` or below.
 * @param bindings by the name of the key (`KeyboardEvent.key` or `.code`), as tinykeys reads it.
 * @returns ends it.
 */
export function bindKeys(target: Window | HTMLElement, bindings: Bindings): () => void {
  return tinykeys(target, bindings);
}
