// Presses what a person would press, for states that a click leads to.

/** @param name the words on it, or its title; what is named exactly so comes before what begins so. */
export function press(name: string): void {
  const named = (one: Element) => [one.getAttribute('aria-label'), one.getAttribute('title'), one.textContent?.trim()];
  const all = [...document.querySelectorAll<HTMLElement>('button, summary')];
  const found =
    all.find((one) => named(one).includes(name)) ??
    all.find((one) => named(one).some((words) => words?.startsWith(name)));
  if (!found) throw new Error(`There is no button "${name}".`);
  found.click();
}
