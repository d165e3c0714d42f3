// A small window that stays over all others (Document Picture-in-Picture, where the browser has it), filled by the page that opened it.
import { render, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { speak } from '../../ui/texts/text.ts';

interface WindowsOverAll {
  requestWindow(size: { readonly width: number; readonly height: number }): Promise<Window>;
}

const windowsOverAll = (globalThis as { readonly documentPictureInPicture?: WindowsOverAll }).documentPictureInPicture;
const size = { width: 340, height: 220 };

/** Asks the page for a small window when its tab is left: only some browsers know this action (Media Session, "enterpictureinpicture"). */
function onTabLeft(open: (() => void) | null): boolean {
  if (!windowsOverAll || !('mediaSession' in navigator)) return false;
  try {
    navigator.mediaSession.setActionHandler('enterpictureinpicture' as MediaSessionAction, open);
    return true;
  } catch {
    return false;
  }
}

export interface MiniWindow {
  readonly isPossible: boolean;
  /** The browser lets it open by itself when the tab is left. */
  readonly opensByItself: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

/**
 * `content` is asked when the window opens; what changes in it later comes by signals.
 * @param isWantedByItself it may open without a click when the tab is left, and closes then when the tab is seen again.
 */
export function useMiniWindow(title: string, content: () => VNode, isWantedByItself: boolean): MiniWindow {
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
  const latest = useRef(open);
  latest.current = open;
  const [opensByItself, setOpensByItself] = useState(false);
  useEffect(() => {
    setOpensByItself(onTabLeft(null));
    if (!isWantedByItself) return;
    let cameByItself = false;
    onTabLeft(() => {
      if (current.current) return;
      cameByItself = true;
      latest.current().catch(() => undefined);
    });
    const seen = () => {
      if (document.visibilityState !== 'visible' || !cameByItself) return;
      cameByItself = false;
      current.current?.close();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      onTabLeft(null);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [isWantedByItself]);
  return {
    opensByItself,
    isPossible: windowsOverAll !== undefined,
    isOpen: opened !== undefined,
    toggle: () => {
      if (opened) opened.close();
      // Refused by the browser's own rules: the page simply stays as it is.
      else open().catch(() => undefined);
    },
  };
}
