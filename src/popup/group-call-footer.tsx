// The end of choosing several people: how many there are, and the call to all of them at once. Stands where the other buttons stand.

import { useSignal } from '@preact/signals';
import { BookmarkPlus, Phone, Video } from 'lucide-preact';
import { IconButton } from '../ui/icon-button.tsx';
import { plural, text } from '../ui/texts/text.ts';
import { groupCallButtonId } from './contact-list.tsx';
import { SaveGroupDialog } from './groups/save-group-dialog.tsx';
import { mostCalled, type PopupModel } from './popup-model.ts';

export function GroupCallFooter({ model }: { readonly model: PopupModel }) {
  const count = model.chosen.value?.size ?? 0;
  const isEnough = count > 1;
  const isSaving = useSignal(false);
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
      <IconButton
        icon={BookmarkPlus}
        label={text('popupGroupSave')}
        look="outlined"
        size={18}
        disabled={!isEnough}
        aria-haspopup="dialog"
        onClick={() => {
          isSaving.value = true;
        }}
      />
      <button type="button" class="button plain give-up" onClick={giveUp}>
        {text('popupGroupCancel')}
      </button>
      {isSaving.value ? (
        <SaveGroupDialog
          groups={model.groups}
          contactIds={[...(model.chosen.value ?? [])]}
          onClose={() => {
            isSaving.value = false;
          }}
        />
      ) : null}
    </footer>
  );
}

function countWords(count: number): string {
  if (count < 2) return plural('popupGroupHint', mostCalled);
  return count < mostCalled ? plural('popupGroupChosen', count, String(mostCalled)) : plural('popupGroupMost', count);
}
