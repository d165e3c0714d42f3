// Making a new contact link, and who is cut off by it.
import { text } from '../../platform/extension/text.ts';
import { enumeration } from '../../ui/enumeration.ts';
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
        <p class="warning breakable">
          {text(cutOff.length === 1 ? 'optionsNewLinkCutOffOne' : 'optionsNewLinkCutOff', names)}
        </p>
      ) : null}
      <p class="hint">{text('optionsNewLinkDevices')}</p>
    </ConfirmAction>
  );
}
