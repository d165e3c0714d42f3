// What is on each page of the settings. Loaded once the frame around them stands, all at once: going to another one waits for nothing.
import type { ComponentType } from 'preact';
import { CallsPage } from '../calls/calls-page.tsx';
import { DevicesPage } from '../devices/devices-page.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import type { SettingsPart, SettingsPlace } from '../model/settings-places.ts';
import { AboutPage } from './about-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { DataRegion } from './data-region.tsx';
import { IdentityRegion } from './identity-region.tsx';
import { NetworkPage } from './network-page.tsx';
import { PrivacyRegion } from './privacy-region.tsx';

export interface SettingsPageProps {
  readonly model: OptionsModel;
  /** The part of the page that was asked for. */
  readonly part: SettingsPart | undefined;
}

const onCard = (Region: ComponentType<SettingsPageProps>) => (props: SettingsPageProps) => (
  <div class="card stack">
    <Region {...props} />
  </div>
);

const settingsPages: Readonly<Record<SettingsPlace, ComponentType<SettingsPageProps>>> = {
  identity: IdentityRegion,
  calls: CallsPage,
  devices: DevicesPage,
  appearance: onCard(AppearancePage),
  network: NetworkPage,
  privacy: PrivacyRegion,
  data: onCard(DataRegion),
  about: AboutPage,
};

/** The page of this place. */
export function PageOf({ place, ...props }: SettingsPageProps & { readonly place: SettingsPlace }) {
  const Page = settingsPages[place];
  return <Page {...props} />;
}
