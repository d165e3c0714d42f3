// A small window that stays over all others (Document Picture-in-Picture, where the browser has it), filled by the page that opened it.
import { render, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { speak } from '../../ui/texts/text.ts';

interface WindowsOverAll {
  requestWindow(size: { readonly width: number; readonly height: number }): Promise<Window>;
}

const windowsOverAll = (globalThis as { readonly documentPictureInPicture?: WindowsOverAll }).documentPictureInPicture;
const size = { width: 340, height: 220 };

export interface MiniWindow {
  readonly isPossible: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

/** `content` is asked when the window opens; what changes in it later comes by signals. */
export function useMiniWindow(title: string, content: () => VNode): MiniWindow {
  const [opened, setOpened] = useState<Window | undefined>(undefined);
  const current = useRef<Window>();
  const isGone = useRef(false);
  useEffect(
    () => () => {
      isGone.current = true;
      current.current?.close();
    },
    [],
  );
  const open = async () => {
    const mini = await windowsOverAll?.requestWindow(size);
    if (!mini) return;
    if (isGone.current) {
      mini.close();
      return;
    }
    for (const style of document.querySelectorAll('link[rel="stylesheet"], style'))
      mini.document.head.append(mini.document.importNode(style, true));
    speak(mini.document.documentElement);
    mini.document.title = title;
    mini.document.body.className = 'mini-page';
    render(content(), mini.document.body);
    mini.addEventListener('pagehide', () => {
      render(null, mini.document.body);
      current.current = undefined;
      setOpened(undefined);
    });
    current.current = mini;
    setOpened(mini);
  };
  return {
    isPossible: windowsOverAll !== undefined,
    isOpen: opened !== undefined,
    toggle: () => {
      if (opened) opened.close();
      // Refused by the browser's own rules: the page simply stays as it is.
      else open().catch(() => undefined);
    },
  };
}
