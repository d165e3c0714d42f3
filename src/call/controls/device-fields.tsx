// Camera, microphone and speaker to choose from. Before permission browsers hide the names: then there is nothing to choose yet.
import { Volume2 } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';
import type { DeviceChoice } from '../model/own-model.ts';
import { QualityField } from './quality-field.tsx';

/** @param children what else is chosen of sound and picture, once it is loaded. */
export function DeviceFields({ children }: { readonly children?: ComponentChildren }) {
  const { model, actions } = useOwn();
  const { cameras, microphones, speakers } = model.devices.value;
  const { cameraId, microphoneId, speakerId } = model.chosen.value;
  const choose = actions.chooseDevices.bind(actions);
  return (
    <div class="device-fields">
      <DeviceField
        label={text('callCamera')}
        devices={cameras}
        chosenId={cameraId}
        onChoose={(id) => choose({ cameraId: id })}
      />
      <DeviceField
        label={text('callMicrophone')}
        devices={microphones}
        chosenId={microphoneId}
        onChoose={(id) => choose({ microphoneId: id })}
      />
      <DeviceField
        label={text('callSpeaker')}
        devices={speakers}
        chosenId={speakerId}
        onChoose={(id) => choose({ speakerId: id })}
      />
      <SpeakerTest speakerId={speakerId} />
      <QualityField />
      {children}
    </div>
  );
}

/** Before permission browsers tell no ids. */
export function namedDevices(devices: readonly DeviceChoice[]): readonly DeviceChoice[] {
  return devices.filter((device) => device.id !== '');
}

/** A chosen device that is not here now: the first in the list is the one that the browser takes. */
export function shownChoice(named: readonly DeviceChoice[], chosenId: string): string {
  return named.some((device) => device.id === chosenId) ? chosenId : (named[0]?.id ?? '');
}

interface FieldProps {
  readonly label: string;
  readonly devices: readonly DeviceChoice[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
}

function DeviceField({ label, devices, chosenId, onChoose }: FieldProps) {
  const id = useId();
  const named = namedDevices(devices);
  if (named.length === 0) return null;
  const shownId = shownChoice(named, chosenId);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={shownId} onChange={(event) => onChoose(event.currentTarget.value)}>
        {named.map((device, i) => (
          <option key={device.id} value={device.id}>
            {device.label || `${label} ${i + 1}`}
          </option>
        ))}
      </select>
    </div>
  );
}

function SpeakerTest({ speakerId }: { readonly speakerId: string }) {
  const player = useMemo(() => new TonePlayer(), []);
  useEffect(() => () => player.stop(), [player]);
  return (
    <button type="button" class="button test-speaker" onClick={() => player.play('connected', { speakerId })}>
      <Volume2 size={18} aria-hidden="true" />
      {text('callTestSpeaker')}
    </button>
  );
}
