// How a call begins and ends here, how it makes itself heard, and when it does not.
import type { ComponentChildren } from 'preact';
import { text } from '../../ui/texts/text.ts';
import { SettingToggle } from '../fields/setting-toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import { ContactRings } from './contact-rings.tsx';
import { QuietHoursField } from './quiet-hours-field.tsx';
import { QuietNow } from './quiet-now.tsx';
import { RingtoneFields } from './ringtone-fields.tsx';

interface CardProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

function Card({ title, children }: CardProps) {
  return (
    <section class="card stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function CallsPage({ model }: { readonly model: OptionsModel }) {
  return (
    <>
      <Card title={text('optionsCalling')}>
        <SettingToggle
          model={model}
          setting="checkFirst"
          label={text('optionsCheckFirst')}
          hint={text('optionsCheckFirstHint')}
        />
        <SettingToggle
          model={model}
          setting="closesAfterCall"
          label={text('optionsClosesAfterCall')}
          hint={text('optionsClosesAfterCallHint')}
        />
      </Card>
      <Card title={text('optionsRinging')}>
        <SettingToggle
          model={model}
          setting="ringWindow"
          label={text('optionsRingWindow')}
          hint={text('optionsRingWindowHint')}
        />
        <SettingToggle
          model={model}
          setting="ringtone"
          label={text('optionsRingtone')}
          hint={text('optionsRingtoneHint')}
        />
        {model.settings.value.ringtone ? <RingtoneFields model={model} /> : null}
      </Card>
      <Card title={text('optionsDnd')}>
        <QuietNow model={model} />
        <QuietHoursField model={model} />
        <SettingToggle
          model={model}
          setting="favouritesRing"
          label={text('optionsFavouritesRing')}
          hint={text('optionsFavouritesRingHint')}
        />
      </Card>
      <Card title={text('optionsContactRings')}>
        <ContactRings model={model} />
      </Card>
    </>
  );
}
