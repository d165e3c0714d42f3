// While a call is up the screen stays on: phones lock it after a moment, and a locked phone ends the camera. Browsers take the lock back whenever
// the page is left; it is asked for again when somebody is back.
import { useEffect } from 'preact/hooks';

export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const take = (): void => {
      if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
      // Not every browser has it, and some refuse it when the battery is low: then it is as if it had not been asked for.
      (navigator as { readonly wakeLock?: WakeLock }).wakeLock?.request('screen').then(
        (taken) => {
          if (isOver) void taken.release();
          else lock = taken;
        },
        () => undefined,
      );
    };
    take();
    document.addEventListener('visibilitychange', take);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, []);
}
