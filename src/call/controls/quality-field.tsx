// How good calls may be: three choices, each with what it costs. For the sheet of a call and before one.
import { useId } from 'preact/hooks';
import { type CallQuality, callQualities } from '../../core/media/call-quality.ts';
import { qualityTexts } from '../../ui/quality-texts.ts';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';

export function QualityField() {
  const { model, actions } = useOwn();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{text('uiCallQuality')}</label>
      <select
        id={id}
        class="input"
        value={model.quality.value}
        onChange={(event) => actions.chooseQuality(event.currentTarget.value as CallQuality)}
      >
        {callQualities.map((quality) => (
          <option key={quality} value={quality}>
            {text(qualityTexts[quality])}
          </option>
        ))}
      </select>
    </div>
  );
}
