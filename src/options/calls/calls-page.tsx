// How a call makes itself heard here, and when it does not.
import { text } from '../../ui/texts/text.ts';
import { SettingToggle } from '../fields/setting-toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';

export function CallsPage({ model }: { readonly model: OptionsModel }) {
  return (
    <div class="card stack">
      <SettingToggle model={model} setting="doNotDisturb" label={text('optionsDnd')} hint={text('optionsDndHint')} />
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
    </div>
  );
}
