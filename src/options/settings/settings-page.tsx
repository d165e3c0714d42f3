// The settings: one region each, every change saved at once.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { WordsReminder } from '../words/words-reminder.tsx';
import { ConnectionCheck } from './connection-check.tsx';
import { DataRegion } from './data-region.tsx';
import { DevicesRegion } from './devices-region.tsx';
import { IdentityRegion } from './identity-region.tsx';
import { NetworkRegion } from './network-region.tsx';
import { OwnServers } from './own-servers.tsx';
import { PrivacyRegion } from './privacy-region.tsx';
import { RelaysRegion } from './relays-region.tsx';

const regions: readonly {
  readonly id: string;
  readonly nameKey: TextKey;
  readonly view: (model: OptionsModel) => ComponentChildren;
}[] = [
  { id: 'identity', nameKey: 'optionsIdentity', view: (model) => <IdentityRegion model={model} /> },
  { id: 'relays', nameKey: 'optionsRelays', view: (model) => <RelaysRegion model={model} /> },
  {
    id: 'network',
    nameKey: 'optionsNetwork',
    view: (model) => (
      <>
        <OwnServers model={model.ownServers} />
        <NetworkRegion servers={model.iceServers} />
        <ConnectionCheck model={model} />
      </>
    ),
  },
  { id: 'devices', nameKey: 'optionsDevices', view: (model) => <DevicesRegion model={model} /> },
  { id: 'privacy', nameKey: 'optionsPrivacy', view: (model) => <PrivacyRegion model={model} /> },
  { id: 'data', nameKey: 'optionsData', view: (model) => <DataRegion model={model} /> },
];

export function SettingsPage({ model }: { readonly model: OptionsModel }) {
  // The browser looked for the part that the address names before it was drawn.
  useEffect(() => document.getElementById(location.hash.slice(1))?.scrollIntoView(), []);
  return (
    <div class="settings">
      <nav class="settings-nav" aria-label={text('optionsSections')}>
        <p class="brand">
          <img src="/icons/48.png" alt="" width={32} height={32} />
          {text('productName')}
        </p>
        <ul class="plain-list">
          {regions.map(({ id, nameKey }) => (
            <li key={id}>
              <a href={`#${id}`}>{text(nameKey)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="page" tabIndex={-1}>
        <WordsReminder model={model} />
        <h1>{text('optionsSettings')}</h1>
        <p class="hint">{text('optionsSavedAtOnce')}</p>
        {regions.map(({ id, nameKey, view }) => (
          <section key={id} id={id} class="card stack" aria-label={text(nameKey)}>
            <h2>{text(nameKey)}</h2>
            {view(model)}
          </section>
        ))}
      </main>
    </div>
  );
}
