// How long the call lasts, each second. Not a live region: nobody wants to hear every second.
import { useEffect, useState } from 'preact/hooks';
import { clockText } from '../../ui/format/duration.ts';

export function CallTimer({ sinceMs }: { readonly sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span class="call-timer">{clockText(nowMs - sinceMs)}</span>;
}
