// Chooses what this page is: scanning a code, the way to an identity, or the settings.

import { SiteAccessNotice } from '../ui/abilities/site-access-notice.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import type { FirstRunModel } from './model/first-run-model.ts';
import type { OptionsModel } from './model/options-model.ts';
import { ScanPage } from './settings/scan-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';

export interface OptionsPageProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
}

function content({ model, firstRun }: OptionsPageProps) {
  const present = model.identity.value.state === 'present';
  if (!present || firstRun.step.value === 'finish') return <FirstRun model={model} firstRun={firstRun} />;
  if (model.hash.value === '#scan') return <ScanPage model={model.ownServers} />;
  return <SettingsPage model={model} />;
}

export function OptionsPage(props: OptionsPageProps) {
  return (
    <>
      <SiteAccessNotice />
      {content(props)}
      <LiveRegion />
    </>
  );
}
