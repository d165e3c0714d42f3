// How everything looks here: light or dark, and how large the words are. Kept on this computer, for every page at once.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  type Appearance,
  changeAppearance,
  onAppearanceChanged,
  readAppearance,
  type TextSize,
  type Theme,
} from '../../ui/appearance.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

const themes: readonly (readonly [Theme, TextKey])[] = [
  ['system', 'optionsThemeSystem'],
  ['light', 'optionsThemeLight'],
  ['dark', 'optionsThemeDark'],
];
const sizes: readonly (readonly [TextSize, TextKey])[] = [
  ['normal', 'optionsTextNormal'],
  ['large', 'optionsTextLarge'],
  ['larger', 'optionsTextLarger'],
  ['largest', 'optionsTextLargest'],
];

export function AppearancePage() {
  const shown = useSignal<Appearance>(readAppearance());
  useEffect(
    () =>
      onAppearanceChanged((appearance) => {
        shown.value = appearance;
      }),
    [],
  );
  const change = (next: Partial<Appearance>, said: string) => {
    shown.value = changeAppearance(next);
    announce(said);
  };
  return (
    <>
      <ChoiceGroup
        legend={text('optionsTheme')}
        chosen={shown.value.theme}
        choices={themes.map(([value, key]) => ({ value, label: text(key) }))}
        onChoose={(theme) => change({ theme }, text('optionsDeviceSaved', text('optionsTheme')))}
      />
      <ChoiceGroup
        legend={text('optionsTextSize')}
        chosen={shown.value.textSize}
        choices={sizes.map(([value, key]) => ({ value, label: text(key) }))}
        onChoose={(textSize) => change({ textSize }, text('optionsDeviceSaved', text('optionsTextSize')))}
      />
      <p class="hint">{text('optionsAppearanceHint')}</p>
    </>
  );
}
