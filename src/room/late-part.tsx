// A piece of the page that is loaded when it is first shown.
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../ui/texts/text.ts';

type State<Props> = { readonly Part: ComponentType<Props> } | 'loading' | 'failed';

/** @param load rejects when the files of another version have taken the place of ours. */
export function latePart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function LatePart(props: Props) {
    const state = useSignal<State<Props>>(loaded ? { Part: loaded } : 'loading');
    useEffect(() => {
      if (loaded) return;
      load().then(
        (Part) => {
          loaded = Part;
          state.value = { Part };
        },
        () => {
          state.value = 'failed';
        },
      );
    }, []);
    if (state.value === 'loading') return <div aria-busy="true" />;
    if (state.value === 'failed')
      return (
        <p class="problem" role="alert">
          {text('roomPartFailed')}
        </p>
      );
    const { Part } = state.value;
    return <Part {...props} />;
  };
}
