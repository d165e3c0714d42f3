// The end of choosing several people: how many there are, and the call to all of them at once. Stands where the other buttons stand.

import { Phone, Video } from 'lucide-preact';
import { IconButton } from '../ui/icon-button.tsx';
import { plural, text } from '../ui/texts/text.ts';
import { groupCallButtonId } from './contact-list.tsx';
import { mostCalled, type PopupModel } from './popup-model.ts';

export function GroupCallFooter({ model }: { readonly model: PopupModel }) {
  const count = model.chosen.value?.size ?? 0;
  const isEnough = count > 1;
  const giveUp = () => {
    model.chooseSeveral(false);
    document.getElementById(groupCallButtonId)?.focus();
  };
  return (
    <footer class="popup-footer group-call">
      <p class="hint" role="status">
        {countWords(count)}
      </p>
      <button type="button" class="button primary" disabled={!isEnough} onClick={() => void model.callChosen('video')}>
        <Video aria-hidden="true" size={18} />
        {isEnough ? plural('popupGroupStart', count) : text('popupGroupStartNone')}
      </button>
      <IconButton
        icon={Phone}
        label={text('popupGroupStartAudio')}
        look="outlined"
        size={18}
        disabled={!isEnough}
        onClick={() => void model.callChosen('audio')}
      />
      <button type="button" class="button plain give-up" onClick={giveUp}>
        {text('popupGroupCancel')}
      </button>
    </footer>
  );
}

function countWords(count: number): string {
  if (count < 2) return plural('popupGroupHint', mostCalled);
  return count < mostCalled ? plural('popupGroupChosen', count, String(mostCalled)) : plural('popupGroupMost', count);
}
