// Who rings otherwise than the others: with a tone of their own, or not at all.
import { BellOff } from 'lucide-preact';
import { Avatar } from '../../ui/avatar.tsx';
import { ringtoneTexts } from '../../ui/sound/ringtone-texts.ts';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';

export function ContactRings({ model }: { readonly model: OptionsModel }) {
  const own = model.contacts.value.filter(({ ringTone, muted, blocked }) => !blocked && (muted || ringTone));
  return (
    <>
      <p class="hint">{text('optionsContactRingsHint')}</p>
      {own.length === 0 ? null : (
        <ul class="plain-list items" aria-label={text('optionsContactRings')}>
          {own.map(({ id, name, muted, ringTone }) => (
            <li key={id} class="item person">
              <Avatar name={name} id={id} size={32} />
              <div class="item-text">
                <strong class="breakable">{name}</strong>
                <span class="hint">
                  {muted ? <BellOff aria-hidden="true" size={14} /> : null}{' '}
                  {muted ? text('uiContactMuted') : text(ringtoneTexts[ringTone ?? 'chime'])}
                </span>
              </div>
              <button type="button" class="button small" onClick={() => void model.ringAsOthers(id, name)}>
                {text('optionsRingAsOthers', name)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
