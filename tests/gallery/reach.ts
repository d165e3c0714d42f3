// What can be reached and how: the order in which Tab goes, how large a thing is to press, what moves for ever, what live regions say while
// nothing happens. Asked of the page in one go.
import type { Page } from 'puppeteer-core';

/** Begins to note what live regions say from now on. */
export const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const said: string[] = [];
    const isLive =
      '[role="status"], [role="alert"], [role="log"], output, [aria-live="polite"], [aria-live="assertive"]';
    Object.assign(window, { saidMeanwhile: said });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(isLive);
        const now = region?.textContent?.trim() ?? '';
        if (now !== '' && said.at(-1) !== now) said.push(now);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** What they have said since. */
export const saidMeanwhile = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { saidMeanwhile: string[] }).saidMeanwhile);

/** Things to press that are smaller than `least` pixels either way. Words within a sentence may be, and boxes of which the words are pressed. */
export const smallTargets = (page: Page, least: number): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const pressed =
      'button, a[href], input:not([type="hidden"]), select, textarea, summary, [role="button"], [role="slider"]';
    const scope = document.querySelector(':modal') ?? document.body;
    const isWord = (one: Element) => one.matches('a, button') && getComputedStyle(one).display === 'inline';
    const isLarge = (one: Element) => {
      const { width, height } = one.getBoundingClientRect();
      return width === 0 || (width >= least - 0.5 && height >= least - 0.5);
    };
    /** The label is pressed as well: a thumb's breadth around the middle belongs to both. */
    const isLargeWithLabel = (one: Element) => {
      if (!(one instanceof HTMLInputElement) || !one.labels?.length) return false;
      one.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = one.getBoundingClientRect();
      const [x, y, reach] = [left + width / 2, top + height / 2, least / 2 - 1];
      const belongs = (atX: number, atY: number) => {
        const hit = document.elementFromPoint(atX, atY);
        return hit === one || [...(one.labels ?? [])].some((label) => label.contains(hit));
      };
      const isHigh = belongs(x, y - reach) && belongs(x, y + reach);
      return (
        isHigh && (belongs(x - reach, y) || belongs(x + width / 2 + least, y) || belongs(x - width / 2 - least, y))
      );
    };
    return [...scope.querySelectorAll(pressed)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], .visually-hidden'))
      .filter((one) => !isWord(one) && !isLarge(one) && !isLargeWithLabel(one))
      .map((one) => {
        const { width, height } = one.getBoundingClientRect();
        const label = one instanceof HTMLInputElement ? (one.labels?.[0]?.textContent ?? '') : '';
        const name = one.getAttribute('aria-label') ?? (one.textContent?.trim() || one.getAttribute('title') || label);
        const kind = `${one.tagName.toLowerCase()}.${one.className}`;
        return `${kind} "${name.slice(0, 40)}" is ${width.toFixed()}×${height.toFixed()}`;
      });
  }, least);

/** Where Tab goes against the way in which people read: up in a column, or back in a row. */
export const backwardSteps = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const reached = 'button, a[href], input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]';
    const scope = document.querySelector(':modal') ?? document.body;
    const isReached = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true }) &&
      !one.matches(':disabled, [tabindex="-1"]') &&
      !one.closest('[inert]') &&
      one.getBoundingClientRect().width > 0;
    const all = [...scope.querySelectorAll<HTMLElement>(reached)].filter(isReached);
    const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
    // Words of one block are read together; what lies beside or over it is another one.
    const blockOf = (one: Element) =>
      one.closest(
        '[role="group"], [role="toolbar"], li, nav, header, footer, form, fieldset, section, article, dialog, .side-notes, .stage-tiles, main',
      );
    const nameOf = (one: HTMLElement) =>
      (one.getAttribute('aria-label') ?? (one.textContent?.trim() || one.title || one.id)).slice(0, 40);
    const faults = all
      .filter((one) => one.tabIndex > 0)
      .map((one) => `"${nameOf(one)}" has a place of its own in the order`);
    for (const [at, from] of all.slice(0, -1).entries()) {
      const to = all[at + 1] as HTMLElement;
      // What scrolls comes before what is in it.
      if (blockOf(from) !== blockOf(to) || from.contains(to)) continue;
      const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
      const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const isRow = overlap > Math.min(a.height, b.height) / 2;
      const isBack = isRow && (isRtl ? b.left >= a.right : b.right <= a.left);
      const isUp = b.bottom <= a.top && b.left < a.right && a.left < b.right;
      if (isBack || isUp) faults.push(`Tab goes ${isBack ? 'back' : 'up'} from "${nameOf(from)}" to "${nameOf(to)}"`);
    }
    return faults;
  });

/** What moves without an end although less motion was asked for. */
export const endlessMotion = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(
        (one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      )
      .map((one) => `${(one.effect as KeyframeEffect).target?.className ?? ''} moves for ever`),
  );
