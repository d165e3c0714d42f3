// How calls with one contact find their way: straight, or only through the own TURN servers so that the contact learns no address.
import type { Contact } from '../core/identity/contact.ts';
import { addressHiding } from '../core/network/hidden-address.ts';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface Props {
  readonly model: PopupModel;
  readonly contact: Contact;
}

export function HowToConnect({ model, contact }: Props) {
  const settings = model.settings.value;
  const { id, name } = contact;
  const hiding = addressHiding(settings, contact);
  const choose = async (hides: boolean) => {
    await model.book.setHideAddress(id, hides);
    // Without a TURN server it is wished and cannot be: the warning says so.
    const isPossible = addressHiding(settings, { hideAddress: hides }) !== 'impossible';
    if (isPossible) announce(text(hides ? 'popupNowHidden' : 'popupNowDirect', name));
  };
  return (
    <section class="stack tight">
      <h3>{text('popupHowToConnect')}</h3>
      <ChoiceGroup
        legend={text('popupHowToConnect')}
        hidesLegend
        disabled={settings.hideAddress}
        chosen={hiding === 'off' ? 'direct' : 'hidden'}
        choices={[
          { value: 'direct', label: text('popupDirect'), hint: text('popupDirectHint', name) },
          { value: 'hidden', label: text('popupHidden'), hint: text('popupHiddenHint', name) },
        ]}
        onChoose={(chosen) => void choose(chosen === 'hidden')}
      />
      {settings.hideAddress ? <p class="hint">{text('popupHiddenForAll')}</p> : null}
      <div aria-live="polite">
        {hiding === 'impossible' ? (
          <div class="warning stack tight">
            <p>{text('popupHiddenNoTurn', name)}</p>
            <div class="actions">
              <button type="button" class="button small" onClick={() => void model.openOptions('network')}>
                {text('popupNetworkSettings')}
              </button>
            </div>
          </div>
        ) : null}
      </div>
    </section>
  );
}
