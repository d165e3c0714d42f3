// Who I am: name, the short form of the public key, my link, and whether my 24 words are really written down.
import { useSignal } from '@preact/signals';
import { CircleAlert, CircleCheck } from 'lucide-preact';
import { toHex } from '../../core/base/bytes.ts';

import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toPerson } from '../../ui/invite/invitation.ts';
import { Invite } from '../../ui/invite/invite.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { OwnNameField } from '../fields/own-name-field.tsx';
import { useTypedWords, WordsField } from '../fields/words-field.tsx';
import type { OptionsModel } from '../model/options-model.ts';
import { NewLink } from './new-link.tsx';

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

function CheckWordsDialog({ model, onClose }: RegionProps & { readonly onClose: () => void }) {
  const words = useTypedWords();
  const check = async () => {
    const result = await model.checkWords(words.typed.value);
    words.problem.value = result === 'right' ? undefined : result;
    if (result !== 'right') return;
    onClose();
    announce(text('optionsWordsRight'));
  };
  return (
    <Dialog title={text('optionsCheckMyWords')} onClose={onClose}>
      <p>{text('optionsCheckMyWordsText')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <WordsField words={words} />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('optionsCheckButton')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function IdentityRegion({ model }: RegionProps) {
  const checking = useSignal(false);
  const own = model.identity.value;
  if (own.state !== 'present') return null;
  const { identity } = own;
  const key = toHex(identity.keys.ed25519Public);
  const Mark = identity.wordsChecked ? CircleCheck : CircleAlert;
  return (
    <>
      <OwnName key={identity.name} model={model} name={identity.name} />
      <div class="stack tight">
        <h3>{text('optionsPublicKey')}</h3>
        <div class="key-line">
          <span class="mono">{`${key.slice(0, 8)} … ${key.slice(-8)}`}</span>
          <CopyButton label={text('optionsCopyKey')} content={key} copied={text('optionsKeyCopied')} />
        </div>
        <p class="hint">{text('optionsPublicKeyHint')}</p>
      </div>
      <Invite invitation={toPerson(model.myLink.value, identity.name, model.settings.value)} />
      <NewLink model={model} />
      <div class="stack tight">
        <h3>{text('optionsYourWords')}</h3>
        <p class={identity.wordsChecked ? 'permission granted' : 'permission denied'}>
          <Mark aria-hidden="true" size={18} />
          <span>{text(identity.wordsChecked ? 'optionsWordsAreChecked' : 'optionsWordsReminder')}</span>
        </p>
        {model.mayBeCleared.value && !identity.wordsChecked ? (
          <p class="warning">{text('optionsMayBeCleared')}</p>
        ) : null}
        <div class="actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              checking.value = true;
            }}
          >
            {text('optionsCheckMyWords')}
          </button>
        </div>
      </div>
      {checking.value ? (
        <CheckWordsDialog
          model={model}
          onClose={() => {
            checking.value = false;
          }}
        />
      ) : null}
    </>
  );
}
