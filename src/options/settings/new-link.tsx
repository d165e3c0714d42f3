// Making a new contact link, and who is cut off by it.
import { enumeration } from '../../ui/format/enumeration.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import type { OptionsModel } from '../model/options-model.ts';

export function NewLink({ model }: { readonly model: OptionsModel }) {
  const cutOff = model.contacts.value.filter(({ blocked, hasOurInbox }) => !blocked && !hasOurInbox);
  const names = enumeration(cutOff.map(({ name }) => name));
  return (
    <ConfirmAction
      label={text('optionsNewLink')}
      title={text('optionsNewLinkAsk')}
      confirmLabel={text('optionsNewLink')}
      cancelLabel={text('optionsCancel')}
      onConfirm={() => void model.makeNewLink()}
    >
      <p>{text('optionsNewLinkText')}</p>
      {cutOff.length > 0 ? (
        <p class="warning breakable">{plural('optionsNewLinkCutOff', cutOff.length, names)}</p>
      ) : null}
      <p class="hint">{text(model.settings.value.devicesTogether ? 'optionsNewLinkDevices' : 'optionsNewLinkAlone')}</p>
    </ConfirmAction>
  );
}
