// One relay address to type, test and add; each refusal is a sentence with what to do next.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { type OptionsModel, type RelayRefusal, readRelayAddress } from '../model/options-model.ts';
import { RelayTestOutcome, type TestState } from './relay-test-outcome.tsx';

const refusalKeys: Record<RelayRefusal, TextKey> = {
  'not-a-websocket': 'optionsRelayNotWebsocket',
  insecure: 'optionsRelayInsecure',
  malformed: 'optionsRelayMalformed',
  known: 'optionsRelayKnown',
  loopback: 'optionsRelayLoopback',
};

export interface RelayAddressFormProps {
  readonly model: OptionsModel;
  readonly list: readonly string[];
  readonly onAdd: (url: string) => void;
}

export function RelayAddressForm({ model, list, onAdd }: RelayAddressFormProps) {
  const draft = model.drafts.text('relay');
  const typed = useSignal(draft.peek());
  const refusal = useSignal<RelayRefusal | undefined>(undefined);
  const test = useSignal<TestState>('idle');
  const ids = { field: useId(), hint: useId(), problem: useId() };

  const type = (address: string) => {
    typed.value = address;
    // A password in it is not kept.
    draft.value = address.includes('@') ? '' : address;
  };
  const add = () => {
    const read = readRelayAddress(typed.value, list);
    test.value = 'idle';
    refusal.value = 'refused' in read ? read.refused : undefined;
    if ('refused' in read) return;
    type('');
    onAdd(read.url);
  };
  const runTest = async () => {
    const address = typed.value;
    const read = readRelayAddress(address, []);
    refusal.value = 'refused' in read ? read.refused : undefined;
    if ('refused' in read) return;
    test.value = 'testing';
    const report = await model.test(read.url);
    if (typed.peek() === address) test.value = report;
  };

  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div class="field">
        <label for={ids.field}>{text('optionsRelayAddress')}</label>
        <input
          id={ids.field}
          class="input"
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          placeholder="wss://"
          value={typed.value}
          aria-invalid={refusal.value !== undefined}
          aria-describedby={`${ids.hint} ${ids.problem}`}
          onInput={(event) => {
            type(event.currentTarget.value);
            refusal.value = undefined;
            test.value = 'idle';
          }}
        />
        <p class="hint" id={ids.hint}>
          {text('optionsRelayAddressHint')}
        </p>
      </div>
      <div id={ids.problem} aria-live="polite">
        {refusal.value === undefined ? null : <p class="problem">{text(refusalKeys[refusal.value])}</p>}
      </div>
      <RelayTestOutcome state={test.value} />
      <div class="actions">
        <button type="submit" class="button">
          {text('optionsAddRelay')}
        </button>
        <button type="button" class="button" onClick={() => void runTest()}>
          {text('optionsTestRelay')}
        </button>
      </div>
    </form>
  );
}
