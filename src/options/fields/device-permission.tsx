// Whether camera and microphone may be used, and the button that asks. Browsers ask in a tab only, so this page is the place.
import { useSignal } from '@preact/signals';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-preact';
import { useEffect, useMemo } from 'preact/hooks';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { type DeviceAnswer, DeviceModel, type DevicePermissionState } from '../model/device-model.ts';

const stateKeys: Record<DevicePermissionState, TextKey> = {
  granted: 'optionsAllowed',
  prompt: 'optionsNotAskedYet',
  denied: 'optionsNotAllowed',
  unknown: 'optionsNotAskedYet',
};

const answerKeys: Record<DeviceAnswer, TextKey> = {
  allowed: 'optionsDevicesAllowed',
  'only-microphone': 'optionsDevicesOnlyMicrophone',
  denied: 'optionsDevicesDenied',
  missing: 'optionsDevicesMissing',
  failed: 'optionsDevicesFailed',
};

function PermissionLine({ label, state }: { readonly label: string; readonly state: DevicePermissionState }) {
  const Mark = state === 'granted' ? CircleCheck : state === 'denied' ? CircleAlert : CircleDashed;
  return (
    <li class={`permission ${state}`}>
      <Mark aria-hidden="true" size={18} />
      <span>
        <strong>{label}</strong>: {text(stateKeys[state])}
      </span>
    </li>
  );
}

/** `devices` is given where the page goes on to show them. */
export function DevicePermission({ devices }: { readonly devices?: DeviceModel }) {
  const own = useMemo(() => devices ?? new DeviceModel(), [devices]);
  const answer = useSignal<DeviceAnswer | undefined>(undefined);
  useEffect(() => own.watch(), [own]);

  const ask = async () => {
    answer.value = await own.ask();
    announce(text(answerKeys[answer.value]));
  };
  const allAllowed = own.camera.value === 'granted' && own.microphone.value === 'granted';
  return (
    <div class="stack tight">
      <ul class="plain-list stack tight">
        <PermissionLine label={text('optionsCamera')} state={own.camera.value} />
        <PermissionLine label={text('optionsMicrophone')} state={own.microphone.value} />
      </ul>
      {answer.value === undefined || answer.value === 'allowed' ? null : (
        <p class="warning">{text(answerKeys[answer.value])}</p>
      )}
      {allAllowed ? null : (
        <div class="actions">
          <button type="button" class="button" onClick={() => void ask()}>
            {text('optionsAllowDevices')}
          </button>
        </div>
      )}
    </div>
  );
}
