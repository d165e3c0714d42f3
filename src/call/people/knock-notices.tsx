// Who asks to be let in, with the two answers. The announcer says it; here it waits for as long as they do.
import { DoorOpen } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';
import { lookalikeWords } from '../model/presence.ts';

export function KnockNotices({ group }: { readonly group: Group }) {
  const knocks = group.model.knocks.value;
  if (knocks.length === 0) return null;
  return (
    <ul class="knocks" aria-label={text('groupKnocksTitle')}>
      {knocks.map(({ id, name, isContact, lookalike, hiding }) => (
        <li key={id} class="knock">
          <DoorOpen class="knock-sign" size={20} aria-hidden="true" />
          <div class="knock-words">
            <p class="knock-title">{text('groupKnocks', name)}</p>
            <p>{text(isContact ? 'groupKnockContact' : 'groupKnockStranger')}</p>
            {lookalike && <p class="newcomer-warning">{lookalikeWords(lookalike)}</p>}
            {hiding === 'impossible' && <p class="newcomer-warning">{text('groupKnockNotHidden')}</p>}
          </div>
          <div class="knock-answers">
            <button
              type="button"
              class="button answer primary"
              disabled={hiding === 'impossible'}
              aria-label={text('groupAdmitName', name)}
              onClick={() => group.actions.admit(id)}
            >
              {text('groupAdmit')}
            </button>
            <button
              type="button"
              class="button answer"
              aria-label={text('groupRefuseName', name)}
              onClick={() => group.actions.refuse(id)}
            >
              {text('groupRefuse')}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
