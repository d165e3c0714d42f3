// A part of a page that the first screen does without: loaded when it is first shown, or before by whoever knows that it will be.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from './texts/text.ts';
import type { TextKey } from './texts/text-key.ts';

export interface LateChoices {
  /** Said where it cannot be loaded. Without it nothing is shown in its place, neither then nor while it loads. */
  readonly failed?: TextKey;
  /** The class of what keeps its place while it loads. */
  readonly placeClass?: string;
}

export interface LatePart<Props> {
  readonly Part: ComponentType<Props>;
  /** Begins to load it: once, and again after a failure. Never rejects. */
  readonly load: () => Promise<void>;
}

/** @param read rejects when the files of another version have taken the place of ours while the page stood open. */
export function latePart<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  { failed, placeClass }: LateChoices = {},
): LatePart<Props> {
  const state = signal<{ readonly Loaded: ComponentType<Props> } | 'loading' | 'failed' | undefined>(undefined);
  const load = async (): Promise<void> => {
    if (state.peek() !== undefined && state.peek() !== 'failed') return;
    state.value = 'loading';
    try {
      state.value = { Loaded: await read() };
    } catch {
      state.value = 'failed';
    }
  };
  function Part(props: Props) {
    useEffect(() => void load(), []);
    const now = state.value;
    if (typeof now === 'object') return <now.Loaded {...props} />;
    if (failed === undefined) return null;
    if (now !== 'failed') return <div class={placeClass} aria-busy="true" />;
    return (
      <p class="problem" role="alert">
        {text(failed)}
      </p>
    );
  }
  return { Part, load };
}
