// Backups, and removing everything from this browser: that only after typing a word, because nothing brings it back but the 24
// words and a backup.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { languageTag, text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { BackupSection } from './backup-section.tsx';

interface RegionProps {
  readonly model: OptionsModel;
}

function RemoveDialog({ model, onClose }: RegionProps & { readonly onClose: () => void }) {
  const typed = useSignal('');
  const wrong = useSignal(false);
  const ids = { field: useId(), problem: useId() };
  const word = text('optionsRemoveWord');
  const own = model.identity.value;

  const remove = async () => {
    wrong.value = typed.value.trim().toLocaleLowerCase(languageTag()) !== word.toLocaleLowerCase(languageTag());
    if (wrong.value) return;
    await model.removeEverything();
    location.replace(location.pathname);
  };
  return (
    <Dialog title={text('optionsRemoveAsk')} onClose={onClose}>
      <p>{text('optionsRemoveText')}</p>
      {own.state === 'present' && !own.identity.wordsChecked ? (
        <p class="warning">{text('optionsRemoveUnchecked')}</p>
      ) : null}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <div class="field">
          <label for={ids.field}>{text('optionsRemoveType', word)}</label>
          <input
            id={ids.field}
            class="input"
            autocomplete="off"
            value={typed.value}
            aria-invalid={wrong.value}
            aria-describedby={ids.problem}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
              wrong.value = false;
            }}
          />
          <div id={ids.problem} aria-live="polite">
            {wrong.value ? <p class="problem">{text('optionsRemoveWrong', word)}</p> : null}
          </div>
        </div>
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {text('optionsCancel')}
          </button>
          <button type="submit" class="button danger">
            {text('optionsRemoveYes')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function DataRegion({ model }: RegionProps) {
  const asking = useSignal(false);
  return (
    <>
      <p>{text('optionsDataText')}</p>
      <BackupSection backups={model.backups} />
      <div class="stack tight">
        <h2>{text('optionsRecordings')}</h2>
        <p>{text('optionsRecordingsText')}</p>
        <div class="actions">
          <a class="button" href="../recordings/index.html" target="_blank" rel="noopener">
            {text('optionsRecordingsOpen')}
          </a>
        </div>
      </div>
      <div class="stack tight">
        <h2>{text('optionsRemove')}</h2>
        <div class="actions">
          <button
            type="button"
            class="button quiet-danger"
            onClick={() => {
              asking.value = true;
            }}
          >
            {text('optionsRemoveEverything')}
          </button>
        </div>
      </div>
      {asking.value ? (
        <RemoveDialog
          model={model}
          onClose={() => {
            asking.value = false;
          }}
        />
      ) : null}
    </>
  );
}
