// The devices that have the same words: this one, those that were heard, and whether they are to know of each other.
import { useId } from 'preact/hooks';
import type { OwnDevice } from '../../core/devices/own-device.ts';
import { momentWords } from '../../ui/format/moment.ts';
import { text } from '../../ui/texts/text.ts';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import { SettingToggle } from '../fields/setting-toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import { deviceName } from '../model/own-devices-model.ts';

interface Props {
  readonly model: OptionsModel;
}

function DeviceItem({ model, device }: Props & { readonly device: OwnDevice }) {
  const id = useId();
  const { ownDevices } = model;
  const name = deviceName(device);
  return (
    <li class="item">
      <div class="server-line">
        <div class="item-text">
          <label class="visually-hidden" for={id}>
            {text('optionsDeviceName', name)}
          </label>
          <input
            id={id}
            class="input"
            maxLength={64}
            autocomplete="off"
            placeholder={name}
            value={device.name ?? ''}
            onChange={(event) => void ownDevices.rename(device, event.currentTarget.value)}
          />
          <p class="hint">
            {ownDevices.inCall.value.has(device.dev)
              ? text('optionsDeviceInCall')
              : text('optionsDeviceSeen', momentWords(device.seenAt, Date.now()))}
          </p>
        </div>
        <ConfirmAction
          quietDanger
          label={text('optionsDeviceForget', name)}
          title={text('optionsDeviceForgetAsk', name)}
          confirmLabel={text('optionsDeviceForgetYes')}
          cancelLabel={text('optionsCancel')}
          onConfirm={() => void ownDevices.forget(device)}
        >
          <p>{text('optionsDeviceForgetText')}</p>
        </ConfirmAction>
      </div>
    </li>
  );
}

export function OwnDevices({ model }: Props) {
  const isOn = model.settings.value.devicesTogether;
  const devices = model.ownDevices.all.value;
  return (
    <section class="card stack" aria-label={text('optionsOwnDevices')}>
      <h2>{text('optionsOwnDevices')}</h2>
      <p>{text('optionsOwnDevicesText')}</p>
      <ul class="plain-list items" aria-label={text('optionsOwnDevices')}>
        <li class="item">
          <strong>{text('optionsDeviceThis')}</strong>
        </li>
        {isOn ? devices.map((device) => <DeviceItem key={device.dev} model={model} device={device} />) : null}
      </ul>
      {isOn && devices.length === 0 ? <p class="hint">{text('optionsDevicesNone')}</p> : null}
      <SettingToggle
        model={model}
        setting="devicesTogether"
        label={text('optionsDevicesTogether')}
        hint={text('optionsDevicesTogetherHint')}
      />
      {isOn ? (
        <div class="actions">
          <button type="button" class="button" onClick={() => void model.ownDevices.look()}>
            {text('optionsDevicesLook')}
          </button>
        </div>
      ) : null}
    </section>
  );
}
