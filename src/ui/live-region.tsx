// The one place where a page says what just happened: read out by screen readers and shown for a few seconds.
// Inside a modal dialog the rest of the page is inert, so the topmost dialog carries the region instead.
import { signal } from '@preact/signals';

const shownMs = 6000;

const announcement = signal('');
export const openDialogs = signal(0);

let hideTimer: ReturnType<typeof setTimeout> | undefined;

/** Says a sentence. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  clearTimeout(hideTimer);
  announcement.value = '';
  hideTimer = setTimeout(() => {
    announcement.value = sentence;
    hideTimer = setTimeout(() => {
      announcement.value = '';
    }, shownMs);
  }, 60);
}

/** `depth` is 0 for the page and the number of the dialog inside dialogs. */
export function LiveRegion({ depth = 0 }: { readonly depth?: number }) {
  const sentence = openDialogs.value === depth ? announcement.value : '';
  return (
    <div class="live-region" role="status" aria-live="polite">
      {sentence === '' ? null : <p class="toast">{sentence}</p>}
    </div>
  );
}
