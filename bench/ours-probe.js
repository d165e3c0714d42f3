// Runs before the product's own script in every call page of the bench's copy of the extension. It only watches: when a button is
// clicked, when a call is shown, when the other side's picture is on the screen. bench/ours.mjs puts it there and asks it.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  /** @type {Map<string, number>} */
  const moments = new Map();
  /** @type {Map<string, (at: number) => void>} */
  const waiting = new Map();

  /**
   * The first time counts.
   * @param {string} name
   */
  function mark(name) {
    if (moments.has(name)) return;
    const at = now();
    moments.set(name, at);
    waiting.get(name)?.(at);
  }

  const moment = (/** @type {string} */ name) =>
    moments.get(name) ?? /** @type {Promise<number>} */ (new Promise((resolve) => waiting.set(name, resolve)));

  /** @type {number | undefined} */
  let heardAt;
  globalThis.WebSocket = class extends WebSocket {
    /** @param {ConstructorParameters<typeof WebSocket>} parameters */
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('message', () => {
        heardAt = performance.now();
      });
    }
  };

  /** The relay has confirmed everything and nothing happens any more. */
  const isQuiet = () => heardAt !== undefined && performance.now() - heardAt > 500;

  addEventListener(
    'click',
    ({ target }) => mark(`click ${target instanceof Element ? target.closest('button')?.textContent.trim() : ''}`),
    true,
  );

  const painted = (/** @type {() => void} */ then) => requestAnimationFrame(() => setTimeout(then));

  /**
   * A frame that is there before its element is shown is seen only afterwards.
   * @param {HTMLVideoElement} video
   */
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
    for (const name of ['Alice', 'Bob'])
      for (const section of document.querySelectorAll(`section[aria-label="${name}"]`))
        for (const video of section.querySelectorAll('video')) watch(video);
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
