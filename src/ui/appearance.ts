// Light or dark, and how large the words are: a choice of this computer, kept where a page can read it before it shows anything.

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** How large words are, as a part of what the browser says. */
const textSizes = { normal: 1, large: 1.15, larger: 1.3, largest: 1.5 } as const;
export type TextSize = keyof typeof textSizes;

export interface Appearance {
  readonly theme: Theme;
  readonly textSize: TextSize;
}

const key = 'appearance';
const plain: Appearance = { theme: 'system', textSize: 'normal' };

/** What was chosen; what cannot be read is as if nothing was. */
export function readAppearance(): Appearance {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return plain;
    const { theme, textSize } = kept as Record<string, unknown>;
    return {
      theme: themes.find((one) => one === theme) ?? plain.theme,
      textSize: (Object.keys(textSizes) as TextSize[]).find((one) => one === textSize) ?? plain.textSize,
    };
  } catch {
    return plain;
  }
}

function show({ theme, textSize }: Appearance): void {
  const { style, dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  style.fontSize = textSize === 'normal' ? '' : `${textSizes[textSize] * 100}%`;
}

/** Makes this page look as it was chosen, now and whenever another page changes it. */
export function wearAppearance(): void {
  show(readAppearance());
  onAppearanceChanged(show);
}

/** Changes it for every page. @returns how it is now. */
export function changeAppearance(change: Partial<Appearance>): Appearance {
  const next = { ...readAppearance(), ...change };
  show(next);
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // It holds for this page.
  }
  return next;
}

/** Calls back when another page has changed it. Returns a function that stops it. */
export function onAppearanceChanged(listener: (appearance: Appearance) => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) listener(readAppearance());
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
