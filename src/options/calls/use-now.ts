// The time of day for a view that changes with it: looked at again now and then.
import { useEffect, useState } from 'preact/hooks';

const everyMs = 15_000;

/** Ms since the epoch, at most some seconds old while the view is shown. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
