// How others find this browser and how calls get through: simple things first, addresses and servers folded below.
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { GuestPageField } from '../fields/guest-page-field.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import type { SettingsPart } from '../model/settings-places.ts';
import { ConnectionCheck } from './connection-check.tsx';
import { NetworkRegion } from './network-region.tsx';
import { OwnServers } from './own-servers.tsx';
import { RelaysRegion } from './relays-region.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly part: SettingsPart | undefined;
}

export function NetworkPage({ model, part }: Props) {
  const relays = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (part === 'relays') relays.current?.focus();
  }, [part]);
  return (
    <>
      <section class="card stack" aria-label={text('optionsRelays')}>
        <h2 ref={relays} tabIndex={-1}>
          {text('optionsRelays')}
        </h2>
        <RelaysRegion model={model} />
      </section>
      <section class="card stack" aria-label={text('connectivityCheck')}>
        <h2>{text('connectivityCheck')}</h2>
        <ConnectionCheck model={model} />
      </section>
      <section class="card stack" aria-label={text('optionsOwnServer')}>
        <h2>{text('optionsOwnServer')}</h2>
        <OwnServers model={model.ownServers} />
      </section>
      <section class="card stack" aria-label={text('guestPageTitle')}>
        <h2>{text('guestPageTitle')}</h2>
        <GuestPageField model={model.guestPage} />
      </section>
      <section class="card stack" aria-label={text('optionsServersTitle')}>
        <h2>{text('optionsServersTitle')}</h2>
        <NetworkRegion servers={model.iceServers} />
      </section>
    </>
  );
}
