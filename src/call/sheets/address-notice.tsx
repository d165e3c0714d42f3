// Says that the own address stays hidden in this call, or that it cannot be and so the call cannot be made.
import { EyeOff, TriangleAlert } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { PageActions, PersonModel } from '../model/person-model.ts';

export function AddressNotice({ model, page }: { readonly model: PersonModel; readonly page: PageActions }) {
  const { openSettings } = page;
  const name = model.contactName.value;
  switch (model.addressHiding.value) {
    case 'off':
      return null;
    case 'on':
      return (
        <p class="hint address-notice">
          <EyeOff size={16} aria-hidden="true" />
          <span>{text('callAddressHidden', name)}</span>
        </p>
      );
    case 'impossible':
      return (
        <div class="device-notice address-notice">
          <TriangleAlert size={20} aria-hidden="true" />
          <div>
            <p class="device-notice-title">{text('callAddressCannotHide')}</p>
            <p>{text('callEndCannotHideAddressAdvice', name)}</p>
            {openSettings && (
              <button type="button" class="button" onClick={() => openSettings('network')}>
                {text('callNetworkSettings')}
              </button>
            )}
          </div>
        </div>
      );
  }
}
