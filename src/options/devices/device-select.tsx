// One of the devices that calls take first.
import { useId } from 'preact/hooks';
import type { Settings } from '../../core/data/settings.ts';
import { text } from '../../ui/texts/text.ts';
import type { Device } from '../model/device-model.ts';
import type { OptionsModel } from '../model/options-model.ts';

type DeviceSetting = keyof Pick<Settings, 'cameraId' | 'microphoneId' | 'speakerId' | 'ringSpeakerId'>;

export interface DeviceSelectProps {
  readonly model: OptionsModel;
  readonly label: string;
  readonly setting: DeviceSetting;
  readonly devices: readonly Device[];
  readonly onChosen?: () => void;
}

/** Nothing while the browser names no devices. */
export function DeviceSelect({ model, label, setting, devices, onChosen }: DeviceSelectProps) {
  const id = useId();
  const chosen = model.settings.value[setting];
  const isGone = chosen !== '' && !devices.some((device) => device.id === chosen);
  if (devices.length === 0) return null;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={chosen}
        onChange={(event) =>
          void model
            .change({ [setting]: event.currentTarget.value }, text('optionsDeviceSaved', label))
            .then(() => onChosen?.())
        }
      >
        <option value="">{text('optionsDeviceDefault')}</option>
        {isGone ? <option value={chosen}>{text('optionsDeviceGone')}</option> : null}
        {devices
          .filter((device) => device.id !== 'default')
          .map((device) => (
            <option key={device.id} value={device.id}>
              {device.label}
            </option>
          ))}
      </select>
    </div>
  );
}
