// The keys of a call: M, V, S, hold Space, F, I, ? (C is the chat's own, use-chat-input.ts). Never with a modifier, in a text field, or
// under an open dialog; Escape belongs to the dialogs themselves.
import { useEffect, useRef } from 'preact/hooks';
import { bindKeys } from '../kit/bind-keys.ts';
import { type Own, useOwn } from '../model/own-context.ts';

interface Options {
  readonly onFullScreen?: () => void;
  readonly onHelp?: () => void;
  readonly onStatistics?: () => void;
}

type Handler = (event: KeyboardEvent) => void;

/** The letters, each by its place too, so that they work on keyboards that write no Latin letters. */
const letters = { m: 'KeyM', v: 'KeyV', s: 'KeyS', f: 'KeyF', i: 'KeyI' } as const;

/** The key is meant for a field, for an open dialog, or is held down. */
export function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  return (
    event.repeat ||
    target?.closest('input, textarea, select, [contenteditable]') != null ||
    document.querySelector('dialog[open]') !== null
  );
}

/** Keyboards of other scripts are asked for the place of a key instead. */
export function writesLatin(event: KeyboardEvent): boolean {
  return /^[ -~]$/.test(event.key);
}

export function useCallShortcuts(options: Options = {}): void {
  const own = useOwn();
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const { actions } = own;
    const bindings: Record<string, Handler> = {};
    const bind = (key: keyof typeof letters, run: () => void) => {
      bindings[key] = (event) => {
        if (!isElsewhere(event)) run();
      };
      bindings[letters[key]] = (event) => {
        if (!writesLatin(event) && !isElsewhere(event)) run();
      };
    };
    bind('m', () => actions.toggleMicrophone());
    bind('v', () => actions.toggleCamera());
    bind('s', () => actions.toggleScreen());
    bind('f', () => latest.current.onFullScreen?.());
    bind('i', () => latest.current.onStatistics?.());
    const help: Handler = (event) => {
      if (!isElsewhere(event)) latest.current.onHelp?.();
    };
    bindings['?'] = help;
    bindings['Shift+?'] = help;
    const unbind = bindKeys(window, bindings);
    const release = holdToTalk(own);
    return () => {
      unbind();
      release();
    };
  }, []);
}

/** Space opens a muted microphone for as long as it is held; leaving the window closes it again. */
function holdToTalk({ model, actions }: Own): () => void {
  let isHeld = false;
  const press: Handler = (event) => {
    // The first press holds; its repetitions must not scroll or press anything either.
    if (isHeld) event.preventDefault();
    const isOnControl = event.target instanceof Element && event.target.closest('button, a, summary') !== null;
    if (isHeld || isOnControl || isElsewhere(event) || model.microphone.value !== 'off') return;
    event.preventDefault();
    isHeld = true;
    actions.toggleMicrophone();
  };
  const letGo = () => {
    if (!isHeld) return;
    isHeld = false;
    if (model.microphone.value === 'on') actions.toggleMicrophone();
  };
  const onKeyUp: Handler = (event) => {
    if (event.code === 'Space') letGo();
  };
  const unbind = bindKeys(window, { Space: press });
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', letGo);
  return () => {
    letGo();
    unbind();
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', letGo);
  };
}
