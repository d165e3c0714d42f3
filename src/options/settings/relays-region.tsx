// Where this browser listens: each relay with its live state, a test, and a way to remove it; and an address to add.
import { useSignal } from '@preact/signals';
import { suggestedRelays } from '../../core/data/settings.ts';
import { isPublicRelayUrl } from '../../core/network/others-relays.ts';
import { isAcceptableRelayUrl } from '../../core/network/relay-address.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import { displayRelayUrl } from '../../platform/relay/relay-url.ts';
import { RelaySentence } from '../../ui/relay-sentences.tsx';
import { text } from '../../ui/texts/text.ts';
import { RelayAddressForm } from '../fields/relay-address-form.tsx';
import { RelayTestOutcome, type TestState } from '../fields/relay-test-outcome.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import { PartOfServer } from './part-of-server.tsx';

interface RegionProps {
  readonly model: OptionsModel;
}

function RelayRow({ model, url }: RegionProps & { readonly url: string }) {
  const test = useSignal<TestState>('idle');
  const { relays } = model.settings.value;
  const name = displayRelayUrl(url);
  const inLink = linkRelays(relays).includes(url);
  const remove = () =>
    model.change(
      { relays: model.settings.value.relays.filter((other) => other !== url) },
      text('optionsRelayRemoved', name),
    );
  const runTest = async () => {
    test.value = 'testing';
    test.value = await model.test(url);
  };
  return (
    <li class="item">
      <div class="item-text">
        <strong class="breakable">{name}</strong>
        <RelaySentence state={model.relayStates.value.find((state) => state.url === url)} />
        <PartOfServer servers={model.ownServers.servers} address={url} />
        {inLink ? null : (
          <span class="hint">
            {text(isAcceptableRelayUrl(url) ? 'optionsRelayBeyondLink' : 'optionsRelayNotInLink')}
          </span>
        )}
        {inLink && !isPublicRelayUrl(url) ? <span class="hint">{text('optionsRelayForSharers')}</span> : null}
      </div>
      <div class="actions">
        <button
          type="button"
          class="button small"
          aria-label={text('optionsTestNamed', name)}
          onClick={() => void runTest()}
        >
          {text('optionsTest')}
        </button>
        <button
          type="button"
          class="button small quiet-danger"
          aria-label={text('optionsRemoveNamed', name)}
          onClick={() => void remove()}
        >
          {text('optionsRemove')}
        </button>
      </div>
      <RelayTestOutcome state={test.value} />
    </li>
  );
}

export function RelaysRegion({ model }: RegionProps) {
  const { relays } = model.settings.value;
  const suggestions = suggestedRelays.filter((url) => !relays.includes(url));
  const add = (url: string) =>
    void model.change(
      { relays: [...model.settings.value.relays, url] },
      text('optionsRelayAdded', displayRelayUrl(url)),
    );
  return (
    <>
      <p>{text('optionsRelaysText')}</p>
      {relays.length === 0 ? <p class="warning">{text('optionsNoRelayWarning')}</p> : null}
      {relays.length === 0 ? null : (
        <ul class="plain-list items" aria-label={text('optionsRelayList')}>
          {relays.map((url) => (
            <RelayRow key={url} model={model} url={url} />
          ))}
        </ul>
      )}
      <RelayAddressForm model={model} list={relays} onAdd={add} />
      {suggestions.length === 0 ? null : (
        <div class="stack tight">
          <h3>{text('optionsSuggestions')}</h3>
          <p class="hint">{text('optionsSuggestionsHint')}</p>
          <div class="actions">
            {suggestions.map((url) => (
              <button key={url} type="button" class="button small" onClick={() => add(url)}>
                {text('optionsAddNamed', displayRelayUrl(url))}
              </button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
