// Which tone rings, how loud and where; each can be heard before somebody calls.
import { useSignal } from '@preact/signals';
import { Square, Volume2 } from 'lucide-preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { type RingtoneName, ringtoneNames } from '../../core/base/ringtone-name.ts';
import { ringtoneTexts } from '../../ui/sound/ringtone-texts.ts';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import { text } from '../../ui/texts/text.ts';
import { DeviceSelect } from '../devices/device-select.tsx';
import { DeviceModel } from '../model/device-model.ts';
import type { OptionsModel } from '../model/options-model.ts';

const saved = (label: string) => text('optionsDeviceSaved', label);

export function RingtoneFields({ model }: { readonly model: OptionsModel }) {
  const ids = { tone: useId(), volume: useId() };
  const devices = useMemo(() => new DeviceModel(), []);
  const player = useMemo(() => new TonePlayer(), []);
  const isPlaying = useSignal(false);
  useEffect(() => devices.watch(), [devices]);
  useEffect(() => () => player.stop(), [player]);
  const { ringTone, ringVolume, ringSpeakerId } = model.settings.value;
  const play = (tone: RingtoneName, volume: number) => {
    isPlaying.value = true;
    player.play(tone, {
      volume,
      speakerId: model.settings.value.ringSpeakerId,
      onEnd: () => {
        isPlaying.value = false;
      },
    });
  };
  return (
    <div class="stack">
      <div class="field">
        <label for={ids.tone}>{text('optionsTone')}</label>
        <div class="with-button">
          <select
            id={ids.tone}
            class="input"
            value={ringTone}
            onChange={(event) => {
              const tone = event.currentTarget.value as RingtoneName;
              void model.change({ ringTone: tone }, saved(text('optionsTone')));
              play(tone, ringVolume);
            }}
          >
            {ringtoneNames.map((name) => (
              <option key={name} value={name}>
                {text(ringtoneTexts[name])}
              </option>
            ))}
          </select>
          <button
            type="button"
            class="button"
            onClick={() => {
              if (isPlaying.value) player.stop();
              else play(ringTone, ringVolume);
            }}
          >
            {isPlaying.value ? <Square aria-hidden="true" size={16} /> : <Volume2 aria-hidden="true" size={18} />}
            {text(isPlaying.value ? 'optionsRingStop' : 'optionsRingListen')}
          </button>
        </div>
      </div>
      <div class="field">
        <label for={ids.volume}>{text('optionsRingVolume')}</label>
        <input
          id={ids.volume}
          class="ring-volume"
          type="range"
          min={10}
          max={100}
          step={10}
          value={Math.round(ringVolume * 100)}
          aria-valuetext={text('optionsPercent', String(Math.round(ringVolume * 100)))}
          onChange={(event) => {
            const volume = Number(event.currentTarget.value) / 100;
            void model.change({ ringVolume: volume }, saved(text('optionsRingVolume')));
            play(ringTone, volume);
          }}
        />
      </div>
      <DeviceSelect
        model={model}
        label={text('optionsRingSpeaker')}
        setting="ringSpeakerId"
        devices={devices.speakers.value}
      />
      {ringSpeakerId === '' && devices.speakers.value.length === 0 ? (
        <p class="hint">{text('optionsRingSpeakerHint')}</p>
      ) : null}
    </div>
  );
}
