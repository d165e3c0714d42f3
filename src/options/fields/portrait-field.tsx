// One's own small picture: chosen, looked at, sent to contacts or not.
import { ImageUp, Trash2 } from 'lucide-preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { SettingToggle } from './setting-toggle.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly id: string;
  readonly name: string;
}

export function PortraitField({ model, id, name }: Props) {
  const { portrait } = model;
  const input = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const hintId = useId();
  useEffect(() => void portrait.read(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div class="stack tight" role="group" aria-label={text('optionsPortrait')} aria-describedby={hintId}>
      <h3>{text('optionsPortrait')}</h3>
      <div class="portrait-line">
        <Avatar id={id} name={name} size={96} />
        <div class="actions">
          <input
            ref={input}
            type="file"
            accept="image/*"
            hidden
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              currentTarget.value = '';
              if (file) void portrait.choose(file);
            }}
          />
          <button ref={choose} type="button" class="button" onClick={() => input.current?.click()}>
            <ImageUp aria-hidden="true" size={18} />
            {text('optionsPortraitChoose')}
          </button>
          {portrait.isThere.value ? (
            <button
              type="button"
              class="button plain"
              onClick={() => {
                choose.current?.focus();
                void portrait.remove();
              }}
            >
              <Trash2 aria-hidden="true" size={18} />
              {text('optionsPortraitRemove')}
            </button>
          ) : null}
        </div>
      </div>
      <div aria-live="polite">
        {portrait.isUnreadable.value ? <p class="problem">{text('optionsPortraitUnreadable')}</p> : null}
      </div>
      <p class="hint" id={hintId}>
        {text('optionsPortraitHint')}
      </p>
      {portrait.isThere.value ? (
        <SettingToggle
          model={model}
          setting="sendsPortrait"
          label={text('optionsSendsPortrait')}
          hint={text('optionsSendsPortraitHint')}
        />
      ) : null}
    </div>
  );
}
