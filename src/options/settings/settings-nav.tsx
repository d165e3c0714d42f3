// The list of the pages of the settings, which says on which of them one is.
import {
  Bell,
  Camera,
  CircleUser,
  Database,
  Info,
  type LucideIcon,
  Network,
  Palette,
  ShieldCheck,
} from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { type SettingsPlace, settingsPlaces } from '../model/settings-places.ts';

export const placeTexts: Readonly<Record<SettingsPlace, TextKey>> = {
  identity: 'optionsIdentity',
  calls: 'optionsCalls',
  devices: 'optionsDevices',
  appearance: 'optionsAppearance',
  network: 'optionsNetwork',
  privacy: 'optionsPrivacy',
  data: 'optionsData',
  about: 'optionsAbout',
};

const marks: Readonly<Record<SettingsPlace, LucideIcon>> = {
  identity: CircleUser,
  calls: Bell,
  devices: Camera,
  appearance: Palette,
  network: Network,
  privacy: ShieldCheck,
  data: Database,
  about: Info,
};

export function SettingsNav({ current }: { readonly current: SettingsPlace }) {
  return (
    <nav class="settings-nav" aria-label={text('optionsSettings')}>
      <p class="brand">
        <img src="/icons/48.png" alt="" width={32} height={32} />
        {text('optionsSettings')}
      </p>
      <ul class="plain-list">
        {settingsPlaces.map((place) => {
          const Mark = marks[place];
          return (
            <li key={place}>
              <a href={`#${place}`} aria-current={place === current ? 'page' : undefined}>
                <Mark aria-hidden="true" size={18} />
                {text(placeTexts[place])}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
