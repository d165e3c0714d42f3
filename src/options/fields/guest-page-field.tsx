// Where invitations lead to: the page for guests, with a look at whether it is the one that came with the extension.
import { useId } from 'preact/hooks';
import type { PageVerdict } from '../../connectivity/check-guest-page.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { type GuestPageModel, isUsable, type PageLook } from '../model/guest-page-model.ts';

function verdictWords(verdict: PageVerdict): string {
  switch (verdict.state) {
    case 'not-an-address':
      return text('guestPageNoAddress');
    case 'unreachable':
      return text('guestPageUnreachable');
    case 'not-ours':
      return text('guestPageNotOurs');
    case 'unchanged':
      return plural('guestPageUnchanged', verdict.files, verdict.version);
    case 'changed':
      return text('guestPageChanged', verdict.files.join(', '), verdict.version);
  }
}

function Outcome({ look }: { readonly look: PageLook | undefined }) {
  const verdict = look?.verdict;
  const kind =
    verdict === undefined || verdict === 'looking' ? 'hint' : verdict.state === 'unchanged' ? 'success' : 'warning';
  return (
    <div role="status">
      {verdict !== undefined && (
        <p class={kind}>{verdict === 'looking' ? text('guestPageLooking') : verdictWords(verdict)}</p>
      )}
      {verdict !== undefined && verdict !== 'looking' && verdict.state === 'unchanged' && (
        <p class="hint">{text('guestPageNow')}</p>
      )}
    </div>
  );
}

export function GuestPageField({ model }: { readonly model: GuestPageModel }) {
  const id = useId();
  const page = model.page.value;
  const typed = model.typed.value;
  const look = model.look.value;
  const ofField = look?.address === typed && typed !== '' ? look : undefined;
  const ofPage = look && look.address === page && !ofField ? look : undefined;
  const isFound = ofField && ofField.verdict !== 'looking' && isUsable(ofField.verdict);
  return (
    <>
      <p>{text('guestPageText')}</p>
      {page !== undefined && (
        <div class="stack tight">
          <p class="breakable">
            <strong>{page}</strong>
          </p>
          {!model.isTyped && <p class="hint">{text('guestPageOfServer')}</p>}
          <div class="actions">
            <button type="button" class="button" onClick={() => void model.check()}>
              {text('guestPageCheck')}
            </button>
            {model.isTyped && (
              <button type="button" class="button" onClick={() => void model.remove()}>
                {text('guestPageRemove')}
              </button>
            )}
          </div>
          <Outcome look={ofPage} />
        </div>
      )}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          void (isFound ? model.save() : model.test());
        }}
      >
        <div class="field">
          <label for={id}>{text('guestPageAddress')}</label>
          <input
            id={id}
            class="input"
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            maxLength={128}
            dir="ltr"
            placeholder="https://"
            value={typed}
            aria-describedby={`${id}-hint`}
            onInput={({ currentTarget }) => model.type(currentTarget.value)}
          />
          <p class="hint" id={`${id}-hint`}>
            {text('guestPageAddressHint')}
          </p>
        </div>
        <Outcome look={ofField} />
        <div class="actions">
          <button type="submit" class={`button${isFound ? ' primary' : ''}`} disabled={typed.trim() === ''}>
            {text(isFound ? 'guestPageSave' : 'guestPageTest')}
          </button>
        </div>
      </form>
    </>
  );
}
