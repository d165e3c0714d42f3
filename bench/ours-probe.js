// Runs before the product's own script in every call page of the bench's copy of the extension. It only watches: when a button is
// clicked, when a call is shown, when the other side's picture is on the screen. bench/ours.mjs puts it there and asks it.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const moments = new Map();
  const waiting = new Map();

  /** The first time counts. */
  function mark(name) {
    if (moments.has(name)) return;
    moments.set(name, now());
    waiting.get(name)?.(moments.get(name));
  }

  const moment = (name) =>
    moments.has(name) ? moments.get(name) : new Promise((resolve) => waiting.set(name, resolve));

  let heardAt;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', () => {
        heardAt = performance.now();
      });
    }
  };

  /** The relay has confirmed everything and nothing happens any more. */
  const isQuiet = () => heardAt !== undefined && performance.now() - heardAt > 500;

  addEventListener('click', (event) => mark(`click ${event.target.closest?.('button')?.textContent.trim()}`), true);

  const painted = (then) => requestAnimationFrame(() => setTimeout(then));

  /** A frame that is there before its element is shown is seen only afterwards. */
  function watch(video) {
    if (moments.has('found')) return;
    mark('found');
    video.requestVideoFrameCallback(() => {
      mark('presented');
      if (!video.hidden) return mark('seen');
      new MutationObserver(() => video.hidden || requestAnimationFrame(() => mark('seen'))).observe(video, {
        attributeFilter: ['hidden'],
      });
    });
  }

  new MutationObserver(() => {
    for (const video of document.querySelectorAll('section[aria-label="Alice"] video, section[aria-label="Bob"] video'))
      watch(video);
    if (
      !moments.has('rang') &&
      [...document.querySelectorAll('button')].some((one) => /^Accept/.test(one.textContent))
    ) {
      mark('rang');
      painted(() => mark('rang, painted'));
    }
  }).observe(document, { childList: true, subtree: true });

  globalThis.ffcBench = {
    mark,
    moment,
    moments: () => Object.fromEntries(moments),
    isQuiet,
    hasOwnPicture: () => [...document.querySelectorAll('video')].some(({ readyState }) => readyState >= 2),
    /** How far this page's clock is from the system's: two browsers read it at different times. */
    clockError() {
      let most = Number.NEGATIVE_INFINITY;
      for (let count = 0; count < 2000; count += 1) most = Math.max(most, Date.now() - now());
      return most;
    },
  };
})();
