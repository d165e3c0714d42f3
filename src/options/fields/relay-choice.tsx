// Relays on first run: suggestions to tick or untick, an own address, and what a relay can and cannot see.
import { useId } from 'preact/hooks';
import { maxLinkRelays } from '../../platform/crypto/own-link.ts';
import { displayRelayUrl } from '../../platform/relay/relay-url.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { FirstRunModel } from '../model/first-run-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { RelayAddressForm } from './relay-address-form.tsx';

export interface RelayChoiceProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
  /** For whoever wants to see; chosen they are already. */
  readonly isFolded?: boolean;
}

function RelayBoxes({ model, firstRun }: RelayChoiceProps) {
  const hintId = useId();
  const chosen = firstRun.chosenRelays.value;
  return (
    <fieldset class="relay-choice stack tight" aria-describedby={hintId}>
      <legend>{text('optionsRelayChoice')}</legend>
      <p class="hint" id={hintId}>
        {text('optionsRelayChoiceHint')}
      </p>
      {firstRun.offeredRelays.value.map((url) => (
        <label key={url} class="check">
          <input
            type="checkbox"
            checked={chosen.has(url)}
            onChange={(event) => firstRun.chooseRelay(url, event.currentTarget.checked)}
          />
          <span>{displayRelayUrl(url)}</span>
        </label>
      ))}
      <details class="own-relay">
        <summary>{text('optionsOwnRelay')}</summary>
        <RelayAddressForm model={model} list={firstRun.offeredRelays.value} onAdd={(url) => firstRun.addRelay(url)} />
      </details>
      <div aria-live="polite">
        {chosen.size === 0 ? <p class="warning">{text('optionsNoRelayWarning')}</p> : null}
        {chosen.size > maxLinkRelays ? <p class="hint">{text('optionsManyRelays')}</p> : null}
      </div>
    </fieldset>
  );
}

export function RelayChoice(props: RelayChoiceProps) {
  if (!props.isFolded) return <RelayBoxes {...props} />;
  return (
    <details class="folded">
      <summary>{plural('optionsRelaysChosen', props.firstRun.chosenRelays.value.size)}</summary>
      <RelayBoxes {...props} />
    </details>
  );
}
