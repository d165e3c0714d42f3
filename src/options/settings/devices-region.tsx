// Camera, microphone and speaker: whether they may be used, and which ones calls take first.
import { useEffect, useId, useMemo } from 'preact/hooks';
import type { Settings } from '../../core/data/settings.ts';
import { type CallQuality, callQualities } from '../../core/media/call-quality.ts';
import { qualityTexts } from '../../ui/quality-texts.ts';
import { text } from '../../ui/texts/text.ts';
import { EchoTest } from '../devices/echo-test.tsx';
import { OwnPreviewView } from '../devices/own-preview-view.tsx';
import { DevicePermission } from '../fields/device-permission.tsx';
import { type Device, DeviceModel } from '../model/device-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { OwnPreview } from '../model/own-preview.ts';

interface RegionProps {
  readonly model: OptionsModel;
}

type DeviceSetting = keyof Pick<Settings, 'cameraId' | 'microphoneId' | 'speakerId'>;

interface DeviceSelectProps extends RegionProps {
  readonly label: string;
  readonly setting: DeviceSetting;
  readonly devices: readonly Device[];
}

function DeviceSelect({ model, label, setting, devices }: DeviceSelectProps) {
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
          void model.change({ [setting]: event.currentTarget.value }, text('optionsDeviceSaved', label))
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

function QualitySelect({ model }: RegionProps) {
  const id = useId();
  const hintId = useId();
  const label = text('uiCallQuality');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        aria-describedby={hintId}
        value={model.settings.value.callQuality}
        onChange={(event) =>
          void model.change(
            { callQuality: event.currentTarget.value as CallQuality },
            text('optionsDeviceSaved', label),
          )
        }
      >
        {callQualities.map((quality) => (
          <option key={quality} value={quality}>
            {text(qualityTexts[quality])}
          </option>
        ))}
      </select>
      <p id={hintId} class="hint">
        {text('optionsCallQualityHint')}
      </p>
    </div>
  );
}

export function DevicesRegion({ model }: RegionProps) {
  const devices = useMemo(() => new DeviceModel(), []);
  const preview = useMemo(() => new OwnPreview(), []);
  useEffect(() => () => preview.stop(), [preview]);
  const { cameraId, microphoneId } = model.settings.value;
  const wanted = { cameraId, microphoneId };
  const chooseSpeaker = async () => {
    const id = await devices.askForSpeaker();
    if (id !== undefined) await model.change({ speakerId: id }, text('optionsDeviceSaved', text('optionsSpeaker')));
  };
  return (
    <>
      <p>{text('optionsDevicesText')}</p>
      <DevicePermission devices={devices} />
      <DeviceSelect model={model} label={text('optionsCamera')} setting="cameraId" devices={devices.cameras.value} />
      <DeviceSelect
        model={model}
        label={text('optionsMicrophone')}
        setting="microphoneId"
        devices={devices.microphones.value}
      />
      <DeviceSelect model={model} label={text('optionsSpeaker')} setting="speakerId" devices={devices.speakers.value} />
      {devices.canAskForSpeaker && devices.speakers.value.length === 0 ? (
        <div class="actions">
          <button type="button" class="button" onClick={() => void chooseSpeaker()}>
            {text('optionsChooseSpeaker')}
          </button>
        </div>
      ) : null}
      <QualitySelect model={model} />
      <h3>{text('optionsEcho')}</h3>
      <OwnPreviewView preview={preview} wanted={wanted} />
      <EchoTest preview={preview} wanted={wanted} />
    </>
  );
}
