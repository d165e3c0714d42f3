// Camera, microphone and speaker: whether they may be used, what others would see and hear, and which ones calls take first.
import { Volume2 } from 'lucide-preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { type CallQuality, callQualities } from '../../core/media/call-quality.ts';
import { type EffectChoice, effectChoice } from '../../core/media/effects.ts';
import { EffectFields } from '../../ui/effect-fields.tsx';
import { qualityTexts } from '../../ui/quality-texts.ts';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import { text } from '../../ui/texts/text.ts';
import { DevicePermission } from '../fields/device-permission.tsx';
import { DeviceModel } from '../model/device-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { OwnPreview } from '../model/own-preview.ts';
import { DeviceSelect } from './device-select.tsx';
import { EchoTest } from './echo-test.tsx';
import { OwnPreviewView } from './own-preview-view.tsx';
import { TrialLink } from './trial-link.tsx';

interface PageProps {
  readonly model: OptionsModel;
}

function QualitySelect({ model }: PageProps) {
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

function SpeakerTest({ model }: PageProps) {
  const player = useMemo(() => new TonePlayer(), []);
  useEffect(() => () => player.stop(), [player]);
  return (
    <div class="actions">
      <button
        type="button"
        class="button"
        onClick={() => player.play('connected', { speakerId: model.settings.value.speakerId })}
      >
        <Volume2 aria-hidden="true" size={18} />
        {text('callTestSpeaker')}
      </button>
    </div>
  );
}

function Effects({ model }: PageProps) {
  const label = (change: Partial<EffectChoice>) =>
    text('noiseSuppression' in change ? 'uiNoiseSuppression' : 'uiBackground');
  return (
    <EffectFields
      choice={effectChoice(model.settings.value)}
      onChoose={(change) => void model.change(change, text('optionsDeviceSaved', label(change)))}
    />
  );
}

export function DevicesPage({ model }: PageProps) {
  const devices = useMemo(() => new DeviceModel(), []);
  const preview = useMemo(() => new OwnPreview(), []);
  useEffect(() => () => preview.stop(), [preview]);
  const { cameraId, microphoneId } = model.settings.value;
  const wanted = { cameraId, microphoneId };
  // Names of devices come with the permission.
  const isUp = preview.stream.value !== undefined;
  useEffect(() => void devices.refresh(), [devices, isUp]);
  const again = () => {
    if (preview.stream.value) void preview.start(model.settings.value);
  };
  const chooseSpeaker = async () => {
    const id = await devices.askForSpeaker();
    if (id !== undefined) await model.change({ speakerId: id }, text('optionsDeviceSaved', text('optionsSpeaker')));
  };
  return (
    <>
      <section class="card stack" aria-label={text('optionsCameraAndMicrophone')}>
        <h2>{text('optionsCameraAndMicrophone')}</h2>
        <DevicePermission devices={devices} />
        <OwnPreviewView preview={preview} wanted={wanted} />
        <p class="hint">{text('optionsDevicesText')}</p>
        <DeviceSelect
          model={model}
          label={text('optionsCamera')}
          setting="cameraId"
          devices={devices.cameras.value}
          onChosen={again}
        />
        <DeviceSelect
          model={model}
          label={text('optionsMicrophone')}
          setting="microphoneId"
          devices={devices.microphones.value}
          onChosen={again}
        />
      </section>
      <section class="card stack" aria-label={text('optionsSpeaker')}>
        <h2>{text('optionsSpeaker')}</h2>
        <DeviceSelect
          model={model}
          label={text('optionsSpeaker')}
          setting="speakerId"
          devices={devices.speakers.value}
        />
        {devices.canAskForSpeaker && devices.speakers.value.length === 0 ? (
          <div class="actions">
            <button type="button" class="button" onClick={() => void chooseSpeaker()}>
              {text('optionsChooseSpeaker')}
            </button>
          </div>
        ) : null}
        <SpeakerTest model={model} />
      </section>
      <section class="card stack" aria-label={text('optionsEcho')}>
        <h2>{text('optionsEcho')}</h2>
        <EchoTest preview={preview} wanted={wanted} />
        <p>{text('trialOffer')}</p>
        <div class="actions">
          <TrialLink onOpen={() => preview.stop()} />
        </div>
      </section>
      <section class="card stack" aria-label={text('uiCallQuality')}>
        <h2>{text('uiCallQuality')}</h2>
        <QualitySelect model={model} />
      </section>
      <section class="card stack" aria-label={text('optionsEffects')}>
        <h2>{text('optionsEffects')}</h2>
        <p class="hint">{text('optionsEffectsText')}</p>
        <Effects model={model} />
      </section>
    </>
  );
}
