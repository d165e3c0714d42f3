// The small arrow beside a switch: which microphone, speaker or camera is used, and how the chosen one sounds or looks to the others.
import { ChevronUp, Mic, Settings2, Video, Volume2 } from 'lucide-preact';
import { LevelMeter } from '../../ui/sound/level-meter.tsx';
import { text } from '../../ui/texts/text.ts';
import { Flyout } from '../kit/flyout.tsx';
import { MenuItem } from '../kit/menu-item.tsx';
import { useOwn } from '../model/own-context.ts';
import type { ChosenDevices, DeviceChoice } from '../model/own-model.ts';
import { namedDevices, shownChoice } from './device-fields.tsx';

interface Props {
  readonly kind: 'microphone' | 'camera';
  /** Opens all about devices; undefined where it stands on the page already. */
  readonly onAll: (() => void) | undefined;
}

/** Nothing where the browser tells no names yet: then there is nothing to choose. */
export function DeviceMenu({ kind, onAll }: Props) {
  const { model } = useOwn();
  const { cameras, microphones } = model.devices.value;
  if (namedDevices(kind === 'camera' ? cameras : microphones).length === 0) return null;
  return (
    <Flyout
      label={text(kind === 'camera' ? 'callChooseCamera' : 'callChooseMicrophone')}
      class="device-arrow"
      icon={<ChevronUp size={18} aria-hidden="true" />}
      width={320}
    >
      {(close) => (
        <>
          {kind === 'camera' ? <CameraItems /> : <SoundItems />}
          {onAll && (
            <>
              <hr class="menu-line" />
              <MenuItem
                icon={Settings2}
                label={text('callDevices')}
                onClick={() => {
                  close();
                  onAll();
                }}
              />
            </>
          )}
        </>
      )}
    </Flyout>
  );
}

function CameraItems() {
  return <Choice title={text('callCamera')} icon={Video} of="cameraId" devices="cameras" />;
}

function SoundItems() {
  const { model } = useOwn();
  return (
    <>
      <Choice title={text('callMicrophone')} icon={Mic} of="microphoneId" devices="microphones" />
      <div class="menu-meter">
        <LevelMeter level={model.level} />
      </div>
      {namedDevices(model.devices.value.speakers).length > 0 && (
        <>
          <hr class="menu-line" />
          <Choice title={text('callSpeaker')} icon={Volume2} of="speakerId" devices="speakers" />
        </>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly icon: typeof Mic;
  readonly of: keyof ChosenDevices;
  readonly devices: 'cameras' | 'microphones' | 'speakers';
}

function Choice({ title, icon, of, devices }: ChoiceProps) {
  const { model, actions } = useOwn();
  const named: readonly DeviceChoice[] = namedDevices(model.devices.value[devices]);
  const chosen = shownChoice(named, model.chosen.value[of]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div role="group" aria-label={title}>
      <p class="menu-title" aria-hidden="true">
        {title}
      </p>
      {named.map(({ id, label }, i) => (
        <MenuItem
          key={id}
          icon={icon}
          label={label || `${title} ${i + 1}`}
          isPressed={id === chosen}
          onClick={() => actions.chooseDevices({ [of]: id })}
        />
      ))}
    </div>
  );
}
