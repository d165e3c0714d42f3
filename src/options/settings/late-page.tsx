// A page of the settings: what is on it is read once the frame around it stands, all pages at once, so that going to another one waits for nothing.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import type { SettingsPart, SettingsPlace } from '../model/settings-places.ts';

type Pages = typeof import('./settings-pages.tsx')['settingsPages'];

/** Kept: the pages are read once for as long as this one is open. */
let read: Promise<Pages | undefined> | undefined;

export interface LatePageProps {
  readonly model: OptionsModel;
  readonly place: SettingsPlace;
  readonly part: SettingsPart | undefined;
}

export function LatePage({ model, place, part }: LatePageProps) {
  const pages = useSignal<Pages | 'missing' | undefined>(undefined);
  useEffect(() => {
    read ??= import('./settings-pages.tsx').then(
      ({ settingsPages }) => settingsPages,
      () => undefined,
    );
    void read.then((found) => {
      pages.value = found ?? 'missing';
    });
  }, []);
  if (pages.value === undefined) return <div aria-busy="true" />;
  // The files of another version may have taken the place of ours while the page stood open.
  if (pages.value === 'missing')
    return (
      <p class="problem" role="alert">
        {text('optionsNotLoaded')}
      </p>
    );
  const Page = pages.value[place];
  return <Page model={model} part={part} />;
}
