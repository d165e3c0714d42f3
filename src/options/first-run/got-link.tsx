// Somebody has sent an invitation: the link is taken to the contacts, which read it and say what is wrong with it.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { text } from '../../ui/texts/text.ts';

export function GotLink() {
  const typed = useSignal('');
  const missing = useSignal(false);
  const ids = { field: useId(), problem: useId() };
  const open = () => {
    const add = typed.value.trim();
    missing.value = add === '';
    if (missing.value) return;
    location.href = browser.runtime.getURL(`src/popup/index.html?${new URLSearchParams({ from: 'link', add })}`);
  };
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <label for={ids.field}>{text('optionsGotLinkField')}</label>
      <div class="with-button">
        <input
          id={ids.field}
          class="input mono"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          dir="ltr"
          value={typed.value}
          aria-invalid={missing.value}
          aria-describedby={ids.problem}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            missing.value = false;
          }}
        />
        <button type="submit" class="button">
          {text('optionsGotLinkOpen')}
        </button>
      </div>
      <div id={ids.problem} aria-live="polite">
        {missing.value ? <p class="problem">{text('optionsGotLinkMissing')}</p> : null}
      </div>
    </form>
  );
}
