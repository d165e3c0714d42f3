// One setting that is on or off, saved at once.
import type { Settings } from '../../core/data/settings.ts';
import { text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';

type Choice = keyof Pick<
  Settings,
  | 'linkCalls'
  | 'hideAddress'
  | 'ringWindow'
  | 'ringtone'
  | 'keepHistory'
  | 'favouritesRing'
  | 'checkFirst'
  | 'closesAfterCall'
  | 'sendsPortrait'
  | 'devicesTogether'
>;

export interface SettingToggleProps {
  readonly model: OptionsModel;
  readonly setting: Choice;
  readonly label: string;
  readonly hint: string;
}

export function SettingToggle({ model, setting, label, hint }: SettingToggleProps) {
  return (
    <Toggle
      label={label}
      hint={hint}
      on={model.settings.value[setting]}
      onChange={(on) => void model.change({ [setting]: on }, text(on ? 'optionsNowOn' : 'optionsNowOff', label))}
    />
  );
}
