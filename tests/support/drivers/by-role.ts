// Elements of a page by role and accessible name, as a screen reader tells them. Knows one page at one moment: waiting is page-actions.ts's.
import type { ElementHandle, Page } from 'puppeteer-core';

/** A selector by role and exact accessible name. */
const byRole = (role: string, name: string): `::-p-aria(${string})` =>
  `::-p-aria([name=${JSON.stringify(name)}][role="${role}"])`;

/** What has a role by itself, as a selector. Every other role is looked for everywhere. */
const elementsOf: Readonly<Record<string, string>> = {
  button: 'button',
  checkbox: 'input[type="checkbox"]',
  combobox: 'select',
  dialog: 'dialog',
  list: 'ul, ol',
  radio: 'input[type="radio"]',
  region: 'section',
  textbox: `input:not(${['checkbox', 'radio', 'range', 'file', 'search', 'number'].map((type) => `[type="${type}"]`).join()}, [list]), textarea`,
};

/**
 * The element in this place among those that may have this role and name, in the order of the page. 'certain': only where the name can be
 * nothing else, a label or the text of the element itself, and everybody is told of it. 'possible': whatever mentions the words, within it
 * or in what labels it. The tree of accessible names says which of those it is; to ask for that of a page in a call costs Chromium a
 * twentieth of a second of work and Firefox most of a second.
 */
const candidate = (
  page: Page,
  role: string,
  name: string,
  which: 'certain' | 'possible',
  place = 0,
): Promise<ElementHandle | null> =>
  page
    .evaluateHandle(
      (selector, role, wanted, which, place) => {
        const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
        const packed = (text: string | null) => (text ?? '').replace(/\s+/g, '');
        const attributes = ['aria-label', 'title', 'alt', 'placeholder'];
        const named = attributes.map((attribute) => `[${attribute}]`).join();
        const isBlocked = document.querySelector(':modal') !== null;
        const isOpen = (one: Element) =>
          one.checkVisibility({ visibilityProperty: true }) &&
          !one.closest('[aria-hidden="true"], [inert]') &&
          (!isBlocked || one.closest(':modal') !== null);
        const labels = (one: Element): readonly Element[] => [
          ...((one as HTMLInputElement).labels ?? []),
          ...(one.getAttribute('aria-labelledby')?.split(/\s+/) ?? []).flatMap(
            (id) => document.getElementById(id) ?? [],
          ),
        ];
        // Nothing in it is hidden from or told to screen readers in other words.
        const isPlain = (one: Element) =>
          !one.querySelector(named) &&
          [...one.querySelectorAll('[aria-hidden], [hidden], svg')].every((part) => plain(part.textContent) === '');
        // Of several labels one would have to know how they are joined.
        const sources = (one: Element): readonly Element[] => {
          const [label, ...more] = labels(one);
          const isNamedByText = one.matches('button');
          return label ? (more.length > 0 ? [] : [label]) : isNamedByText ? [one] : [];
        };
        const isCertain = (one: Element): boolean => {
          if ((one.getAttribute('role') ?? role) !== role || !isOpen(one)) return false;
          const label = one.getAttribute('aria-label');
          if (label !== null && !one.hasAttribute('aria-labelledby')) return plain(label) === wanted;
          return label === null && sources(one).some((from) => isPlain(from) && plain(from.textContent) === wanted);
        };
        const texts = (one: Element): readonly (string | null)[] => [
          one.textContent,
          ...[one, ...one.querySelectorAll(named)].flatMap((each) => attributes.map((name) => each.getAttribute(name))),
        ];
        const mentions = (one: Element) => texts(one).some((text) => packed(text).includes(packed(wanted)));
        const isPossible = (one: Element) => [one, ...labels(one)].some(mentions);
        const all = [...document.querySelectorAll(which === 'certain' ? selector : `${selector}, [role="${role}"]`)];
        return all.filter(which === 'certain' ? isCertain : isPossible)[place] ?? null;
      },
      elementsOf[role] ?? (which === 'certain' ? `[role="${role}"]` : 'body'),
      role,
      name,
      which,
      place,
    )
    .then((handle) => handle.asElement() as ElementHandle | null);

/**
 * The first element with that role and exact accessible name that there is now. Chromium calls a password field a text box; Firefox, like
 * ARIA, has no role for it.
 */
export async function locate(page: Page, role: string, name: string): Promise<ElementHandle | null> {
  const certain = await candidate(page, role, name, 'certain');
  if (certain) return certain;
  for (let place = 0; ; place++) {
    const near = await candidate(page, role, name, 'possible', place);
    if (!near) return null;
    const isPassword = role === 'textbox' && (await near.evaluate((one) => one.matches('input[type="password"]')));
    const found = await near.$(isPassword ? `::-p-aria([name=${JSON.stringify(name)}])` : byRole(role, name));
    if (found) return found;
  }
}

/**
 * What is taken for certain though the browser's own tree of accessible names has it otherwise: nothing, if the rules above are right.
 * Password fields are left out, which Firefox gives no role.
 */
export async function misjudged(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const [role, selector] of Object.entries(elementsOf)) {
    const names = await page.$$eval(`:is(${selector}):not([type="password"])`, (elements) =>
      elements.flatMap((one) => [
        one.getAttribute('aria-label'),
        one.textContent,
        ...[...((one as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
      ]),
    );
    for (const name of new Set(names.map((text) => (text ?? '').replace(/\s+/g, ' ').trim()).filter(Boolean))) {
      const certain = await candidate(page, role, name, 'certain');
      if (certain && !(await certain.$(byRole(role, name)))) wrong.push(`${role} "${name}"`);
    }
  }
  return wrong;
}
