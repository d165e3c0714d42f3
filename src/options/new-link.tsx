// Making a new contact link, and who is cut off by it.
import { useSignal } from '@preact/signals';
import { text } from '../platform/text.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import type { OptionsModel } from './options-model.ts';

export function NewLink({ model }: { readonly model: OptionsModel }) {
  const asking = useSignal(false);
  const cutOff = model.contacts.value.filter(({ blocked, hasOurInbox }) => !blocked && !hasOurInbox);
  const names = new Intl.ListFormat(undefined, { type: 'conjunction' }).format(cutOff.map(({ name }) => name));
  const close = () => {
    asking.value = false;
  };
  return (
    <div class="actions">
      <button
        type="button"
        class="button"
        onClick={() => {
          asking.value = true;
        }}
      >
        {text('optionsNewLink')}
      </button>
      {asking.value ? (
        <ConfirmDialog
          title={text('optionsNewLinkAsk')}
          confirmLabel={text('optionsNewLink')}
          cancelLabel={text('optionsCancel')}
          onConfirm={() => {
            close();
            void model.makeNewLink();
          }}
          onClose={close}
        >
          <p>{text('optionsNewLinkText')}</p>
          {cutOff.length > 0 ? (
            <p class="warning breakable">
              {text(cutOff.length === 1 ? 'optionsNewLinkCutOffOne' : 'optionsNewLinkCutOff', names)}
            </p>
          ) : null}
          <p class="hint">{text('optionsNewLinkDevices')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
