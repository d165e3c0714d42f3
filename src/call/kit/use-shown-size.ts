// Tells at which size an element is seen, in device pixels: when it appears, when its size or the zoom changes, when its page is hidden
// or seen again, and when it goes.
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownSize } from '../model/group-model.ts';

/** `id` is whom it shows: another one is told anew. */
export function useShownSize(element: RefObject<Element>, id: string, report: (size: ShownSize) => void): void {
  const latest = useRef(report);
  latest.current = report;
  useEffect(() => {
    const shown = element.current;
    const window = shown?.ownerDocument.defaultView;
    if (!shown || !window) return;
    const tell = latest.current;
    const look = () => {
      const { width, height } = shown.getBoundingClientRect();
      const ratio = window.devicePixelRatio;
      const isSeen = window.document.visibilityState === 'visible' && width > 0 && height > 0;
      tell(isSeen ? { width: Math.round(width * ratio), height: Math.round(height * ratio) } : undefined);
    };
    const observer = new ResizeObserver(look);
    observer.observe(shown);
    window.addEventListener('resize', look);
    window.document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', look);
      window.document.removeEventListener('visibilitychange', look);
      tell(undefined);
    };
  }, [id]);
}
