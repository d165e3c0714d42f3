// A call that another device of the person here is in: it can be taken over.
import type { ReadonlySignal } from '@preact/signals';
import type { MoveObstacle, MoveOutlook } from '../../core/base/move-outlook.ts';
import type { CallElsewhere, HeldCall } from '../../core/call/requests.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

interface Model {
  readonly callsElsewhere: ReadonlySignal<readonly CallElsewhere[]>;
  readonly heldCall: ReadonlySignal<HeldCall | undefined>;
  contactById(id: string): { readonly name: string } | undefined;
  moveHere(dev: string): Promise<void>;
}

const whyStays: Readonly<Record<MoveObstacle, TextKey>> = {
  several: 'moveStayedSeveral',
  recording: 'moveStayedRecording',
  'not-up': 'popupElsewhereNotUp',
};

/** @returns what to know before the call is taken over; undefined where nothing would be lost. */
function hint({ stays, loses }: MoveOutlook): TextKey | undefined {
  if (stays) return whyStays[stays];
  // Other versions do not say what would be lost.
  if (!loses || loses.length > 1) return 'moveLost';
  return loses.map((one) => (one === 'screen' ? 'moveLostScreen' : 'moveLostFiles'))[0];
}

/** Not while a call goes on here: there is one at a time. */
export function CallElsewhereBanner({ model }: { readonly model: Model }) {
  const calls = model.heldCall.value ? [] : model.callsElsewhere.value;
  return (
    <div aria-live="polite">
      {calls.map(({ dev, who, outlook }) => {
        const note = hint(outlook);
        const name = who.flatMap((id) => model.contactById(id)?.name ?? [])[0];
        return (
          <section key={dev} class="banner elsewhere" aria-label={text('popupElsewhere')}>
            <div>
              <p>{name === undefined ? text('popupElsewhere') : text('popupElsewhereWith', name)}</p>
              {note && <p class="hint">{text(note)}</p>}
            </div>
            {!outlook.stays && (
              <button type="button" class="button primary small" onClick={() => void model.moveHere(dev)}>
                {text('moveHere')}
              </button>
            )}
          </section>
        );
      })}
    </div>
  );
}
