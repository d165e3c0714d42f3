// Whether camera and microphone may be used.
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-preact';
import { useEffect } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { DeviceModel, DevicePermissionState } from '../model/device-model.ts';

const stateKeys: Record<DevicePermissionState, TextKey> = {
  granted: 'optionsAllowed',
  prompt: 'optionsNotAskedYet',
  denied: 'optionsNotAllowed',
  unknown: 'optionsNotAskedYet',
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

export function DevicePermission({ devices }: { readonly devices: DeviceModel }) {
  useEffect(() => devices.watch(), [devices]);
  return (
    <ul class="plain-list stack tight">
      <PermissionLine label={text('optionsCamera')} state={devices.camera.value} />
      <PermissionLine label={text('optionsMicrophone')} state={devices.microphone.value} />
    </ul>
  );
}
