// Who I am: name, the short form of the public key, my link, and whether my 24 words are really written down.
import { useSignal } from '@preact/signals';
import { CircleAlert, CircleCheck } from 'lucide-preact';
import { toHex } from '../../core/base/bytes.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Invite } from '../../ui/invite/invite.tsx';
import { toPerson } from '../../ui/invite/to-person.ts';
import { text } from '../../ui/texts/text.ts';
import { OwnNameField } from '../fields/own-name-field.tsx';
import { PortraitField } from '../fields/portrait-field.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import { WordsButtons } from '../words/words-buttons.tsx';
import { NewLink } from './new-link.tsx';
import { OwnDevices } from './own-devices.tsx';

interface RegionProps {
  readonly model: OptionsModel;
}

function OwnName({ model, name }: RegionProps & { readonly name: string }) {
  const typed = useSignal(name);
  const empty = useSignal(false);
  const save = async () => {
    empty.value = !(await model.rename(typed.value));
  };
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <OwnNameField
        value={typed.value}
        isMissing={empty.value}
        onInput={(value) => {
          typed.value = value;
        }}
        onChange={() => void save()}
      />
    </form>
  );
}

export function IdentityRegion({ model }: RegionProps) {
  const own = model.identity.value;
  if (own.state !== 'present') return null;
  const { identity } = own;
  const key = toHex(identity.keys.ed25519Public);
  const wordsState = identity.wordsChecked
    ? 'optionsWordsAreChecked'
    : model.words.canShow.value
      ? 'uiWordsReminderText'
      : 'optionsWordsReminder';
  const Mark = identity.wordsChecked ? CircleCheck : CircleAlert;
  return (
    <>
      <section class="card stack" aria-label={text('optionsYou')}>
        <h2>{text('optionsYou')}</h2>
        <OwnName key={identity.name} model={model} name={identity.name} />
        <PortraitField model={model} id={key} name={identity.name} />
        <div class="stack tight">
          <h3>{text('optionsPublicKey')}</h3>
          <div class="key-line">
            <span class="mono">{`${key.slice(0, 8)} … ${key.slice(-8)}`}</span>
            <CopyButton label={text('optionsCopyKey')} content={key} copied={text('optionsKeyCopied')} />
          </div>
          <p class="hint">{text('optionsPublicKeyHint')}</p>
        </div>
      </section>
      <section class="card stack" aria-label={text('optionsInvite')}>
        <h2>{text('optionsInvite')}</h2>
        <Invite invitation={toPerson(model.myLink.value, identity.name, model.settings.value)} />
        <NewLink model={model} />
      </section>
      <section class="card stack tight" aria-label={text('optionsYourWords')}>
        <h2>{text('optionsYourWords')}</h2>
        <p class={identity.wordsChecked ? 'permission granted' : 'permission denied'}>
          <Mark aria-hidden="true" size={18} />
          <span>{text(wordsState)}</span>
        </p>
        <WordsButtons model={model} />
      </section>
      <OwnDevices model={model} />
    </>
  );
}
