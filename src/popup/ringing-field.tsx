// How one contact rings: like the others, with a tone of their own, or not at all.
import { useEffect, useId, useRef } from 'preact/hooks';
import { type RingtoneName, ringtoneNames } from '../core/base/ringtone-name.ts';
import type { Contact } from '../core/identity/contact.ts';
import { announce } from '../ui/live-region.tsx';
import { ringtoneTexts } from '../ui/sound/ringtone-texts.ts';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface Props {
  readonly model: PopupModel;
  readonly contact: Contact;
}

export function RingingField({ model, contact: { id, name, muted, ringTone } }: Props) {
  const fieldId = useId();
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const choose = async (chosen: string) => {
    stop.current();
    const tone = ringtoneNames.find((one) => one === chosen);
    await model.book.setRinging(id, { muted: chosen === 'muted', ringTone: tone });
    announce(text('popupRingingSaved', name));
    if (tone) await listen(tone);
  };
  /** Once, so that one knows what was chosen. */
  const listen = async (tone: RingtoneName) => {
    const { TonePlayer } = await import('../ui/sound/tone-player.ts');
    const player = new TonePlayer();
    stop.current = () => player.stop();
    const { ringVolume: volume, ringSpeakerId: speakerId } = model.settings.value;
    player.play(tone, { volume, speakerId });
  };
  return (
    <div class="field">
      <label for={fieldId}>{text('popupRinging')}</label>
      <select
        id={fieldId}
        class="input"
        value={muted ? 'muted' : (ringTone ?? '')}
        onChange={(event) => void choose(event.currentTarget.value)}
      >
        <option value="">{text('popupRingsAsOthers')}</option>
        {ringtoneNames.map((tone) => (
          <option key={tone} value={tone}>
            {text(ringtoneTexts[tone])}
          </option>
        ))}
        <option value="muted">{text('uiContactMuted')}</option>
      </select>
    </div>
  );
}
