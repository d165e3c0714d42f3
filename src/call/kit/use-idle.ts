// Whether a person has neither moved the pointer nor pressed a key for a while.
import { useEffect, useState } from 'preact/hooks';

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

export function useIdle(afterMs: number): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wake = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), afterMs);
    };
    wake();
    for (const sign of signs) window.addEventListener(sign, wake);
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, wake);
    };
  }, [afterMs]);
  return isIdle;
}
