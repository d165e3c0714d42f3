// A call that another device of the person here is in: it can be taken over.
import type { ReadonlySignal } from '@preact/signals';
import type { CallElsewhere, HeldCall } from '../../core/call/requests.ts';
import { text } from '../../ui/texts/text.ts';

interface Model {
  readonly callsElsewhere: ReadonlySignal<readonly CallElsewhere[]>;
  readonly heldCall: ReadonlySignal<HeldCall | undefined>;
  contactById(id: string): { readonly name: string } | undefined;
  moveHere(dev: string): Promise<void>;
}

/** Not while a call goes on here: there is one at a time. */
export function CallElsewhereBanner({ model }: { readonly model: Model }) {
  const calls = model.heldCall.value ? [] : model.callsElsewhere.value;
  return (
    <div aria-live="polite">
      {calls.map(({ dev, who }) => {
        const name = who.flatMap((id) => model.contactById(id)?.name ?? [])[0];
        return (
          <section key={dev} class="banner elsewhere" aria-label={text('popupElsewhere')}>
            <div>
              <p dir="auto">{name === undefined ? text('popupElsewhere') : text('popupElsewhereWith', name)}</p>
              <p class="hint">{text('moveLost')}</p>
            </div>
            <button type="button" class="button primary small" onClick={() => void model.moveHere(dev)}>
              {text('moveHere')}
            </button>
          </section>
        );
      })}
    </div>
  );
}
