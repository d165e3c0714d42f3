// What a person does on a page: looks for things by role and accessible name, clicks, types, reads, looks and listens.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { until } from '../runner/condition.ts';
import { locate } from './by-role.ts';
import { isFirefox } from './color-scheme.ts';

const require = createRequire(import.meta.url);
const defaultMs = 10_000;

/** A hidden tab neither paints nor decodes: a person brings it to the front first. A popup is in front already. */
export async function lookAt(page: Page): Promise<void> {
  if (await page.evaluate(() => document.visibilityState === 'hidden')) await page.bringToFront();
}

/** The element with that role and name, as soon as it is there. */
export async function find(page: Page, role: string, name: string, withinMs = defaultMs): Promise<ElementHandle> {
  try {
    return await until(() => locate(page, role, name), { withinMs, what: `the ${role} "${name}" on ${page.url()}` });
  } catch (cause) {
    // Asked of the page itself: puppeteer does not follow Firefox to an extension's pages.
    const address = await page.evaluate(() => location.href).catch(() => page.url());
    const shown = await visibleText(page).catch(() => 'nothing that can be read');
    throw new Error(
      `Waited ${limitMs(withinMs)} ms for the ${role} "${name}" on ${address}; it shows: ${shown.slice(0, 400)}`,
      {
        cause,
      },
    );
  }
}

/** Whether there is one now. */
export const has = async (page: Page, role: string, name: string): Promise<boolean> =>
  (await locate(page, role, name)) !== null;

async function click(page: Page, role: string, name: string, withinMs: number): Promise<void> {
  await lookAt(page);
  try {
    await until(() => clickNow(page, role, name), {
      withinMs,
      what: `the ${role} "${name}" on ${page.url()} to be clickable`,
    });
  } catch (cause) {
    const shown = await visibleText(page).catch(() => 'nothing that can be read');
    throw new Error(`No ${role} "${name}" to be clicked on ${page.url()}; it shows: ${shown.slice(0, 400)}`, { cause });
  }
}

/** Clicks it if it is there, enabled and standing still. False as well when the click met another place: the page moved meanwhile. */
async function clickNow(page: Page, role: string, name: string): Promise<boolean> {
  // A popup closes under the mouse when its button opens a tab.
  if (page.isClosed()) return true;
  const element = await locate(page, role, name);
  if (!element) return false;
  const isReady = await element.evaluate(async (one) => {
    const place = () => JSON.stringify(one.getBoundingClientRect());
    one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const before = place();
    await new Promise((painted) => requestAnimationFrame(painted));
    one.addEventListener('click', () => Object.assign(one, { wasClicked: true }), { capture: true, once: true });
    return !one.matches(':disabled') && one.checkVisibility() && place() === before;
  });
  if (!isReady) return false;
  try {
    await element.click();
  } catch (error) {
    if (!page.isClosed()) throw error;
  }
  // Whatever cannot be asked any more has gone with the click.
  return element.evaluate((one) => 'wasClicked' in one).catch(() => true);
}

/** Clicks the button of that exact name once it is visible and enabled. */
export const clickButton = (page: Page, name: string, withinMs = defaultMs): Promise<void> =>
  click(page, 'button', name, withinMs);

/** The same for links, tabs, checkboxes, menu items, switches ... */
export const clickRole = (page: Page, role: string, name: string, withinMs = defaultMs): Promise<void> =>
  click(page, role, name, withinMs);

/** Unfolds what is folded under such words, unless it is unfolded already. */
export const unfold = (page: Page, fits: RegExp, withinMs = defaultMs): Promise<true> =>
  until(
    () =>
      page.evaluate((words) => {
        const summary = [...document.querySelectorAll('summary')].find(
          (one) => one.checkVisibility() && new RegExp(words).test(one.textContent?.trim() ?? ''),
        );
        const details = summary?.parentElement as HTMLDetailsElement | undefined;
        if (details?.open === false) summary?.click();
        return details !== undefined;
      }, fits.source) as Promise<true>,
    { withinMs, what: `something folded under ${fits}` },
  );

/** Empties the text box of that label and types into it. */
export async function fill(page: Page, label: string, text: string, withinMs = defaultMs): Promise<void> {
  await lookAt(page);
  const box = await find(page, 'textbox', label, withinMs);
  await box.evaluate((element) => (element as HTMLInputElement | HTMLTextAreaElement).select());
  await page.keyboard.press('Backspace');
  await box.focus();
  // As input methods and pasting do; BiDi has no such key press for more than one letter.
  await box.evaluate((_element, typed) => document.execCommand('insertText', false, typed), text);
  const now = await textOf(page, label);
  if (now !== text) throw new Error(`The text box "${label}" holds ${JSON.stringify(now)} after typing`);
}

/** What stands in the text box of that label. */
export async function textOf(page: Page, label: string, withinMs = defaultMs): Promise<string> {
  const box = await find(page, 'textbox', label, withinMs);
  return box.evaluate((element) => (element as HTMLInputElement | HTMLTextAreaElement).value);
}

/** What every live region (role status or alert) of the page that is open to people says now. */
export const statusTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isBlocked = document.querySelector(':modal') !== null;
    const isOpen = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true }) &&
      !one.closest('[aria-hidden="true"], [inert]') &&
      (!isBlocked || one.closest(':modal') !== null);
    const regions = [...document.querySelectorAll('[role="status"], output, [role="alert"]')];
    return regions.filter(isOpen).map((one) => one.textContent?.trim() ?? '');
  });

/** Waits until a live region says something that fits, and returns it. */
export async function waitForStatus(page: Page, fits: RegExp, withinMs = 20_000): Promise<string> {
  let last: string[] = [];
  try {
    return await until(
      async () => {
        last = await statusTexts(page);
        return last.find((text) => fits.test(text));
      },
      { withinMs, what: `the status ${fits}` },
    );
  } catch (cause) {
    throw new Error(
      `Waited ${limitMs(withinMs)} ms for the status ${fits} on ${page.url()}; it says ${JSON.stringify(last)}`,
      {
        cause,
      },
    );
  }
}

// biome-ignore lint/performance/useDomNodeTextContent: hidden text does not count
const visibleText = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

/** Waits until the visible text of the page fits. */
export async function waitForText(page: Page, fits: RegExp, withinMs = defaultMs): Promise<string> {
  try {
    return await until(async () => fits.exec(await visibleText(page))?.[0], { withinMs, what: `the text ${fits}` });
  } catch (cause) {
    const shown = await visibleText(page).catch(() => 'nothing that can be read');
    throw new Error(
      `Waited ${limitMs(withinMs)} ms for the text ${fits} on ${page.url()}; it shows: ${shown.slice(0, 800)}`,
      {
        cause,
      },
    );
  }
}

/** Loads the page anew. Not page.reload: Firefox never tells of the end of a navigation to an extension's page. */
export async function reload(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset['before'] = 'reload';
    location.reload();
  });
  const isNew = () => document.readyState === 'complete' && !('before' in document.documentElement.dataset);
  await until(() => page.evaluate(isNew), { what: 'the page to be loaded anew' });
}

/** A picture of the page as it is, for people to look at. */
export async function screenshot(page: Page, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await lookAt(page);
  // A larger file that costs a fraction of the time; Firefox knows no such choice.
  const optimizeForSpeed = !(await isFirefox(page.browser()));
  await page.screenshot({ path: file as `${string}.png`, optimizeForSpeed });
}

/** One broken accessibility rule: which, how bad, and where. */
export type AxeViolation = {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly string[];
};

/**
 * Every rule of axe-core that the page breaks now. The tool comes in through the debugger, past the page's CSP.
 * @param rules only these, by their ids; without it all.
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<AxeViolation[]> {
  await lookAt(page);
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) };
  if (!(await page.evaluate('typeof axe === "object"')))
    await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.map(({ id, impact, help, nodes }) => ({
      id, impact: impact ?? 'unknown', help, nodes: nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary),
    })))`);
  return found as AxeViolation[];
}
