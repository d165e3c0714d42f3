// When it may ring, what is kept, who is blocked, and in plain words what is protected and what is not.
import { askableServers } from '../../core/network/ice-server.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { Toggle } from '../../ui/toggle.tsx';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import { SettingToggle } from '../fields/setting-toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';

interface RegionProps {
  readonly model: OptionsModel;
}

/** Hiding the own address with nothing to hide behind means no calls at all. */
function NoTurnServer({ model }: RegionProps) {
  const { hideAddress, iceServers } = model.settings.value;
  const isMissing = hideAddress && askableServers(iceServers, true).length === 0;
  return (
    <div aria-live="polite">
      {isMissing ? (
        <p class="warning">
          {text('optionsHideAddressNoTurn')} <a href="#network">{text('optionsToNetwork')}</a>
        </p>
      ) : null}
    </div>
  );
}

function ClearHistory({ model }: RegionProps) {
  const count = model.historyCount.value;
  return (
    <ConfirmAction
      label={text('optionsClearHistory')}
      title={text('optionsClearHistoryAsk')}
      confirmLabel={text('optionsClear')}
      cancelLabel={text('optionsCancel')}
      disabled={count === 0}
      onConfirm={() => void model.clearHistory()}
    >
      <p>{plural('optionsClearHistoryText', count)}</p>
    </ConfirmAction>
  );
}

function Blocked({ model }: RegionProps) {
  const blocked = model.blocked.value;
  return (
    <div class="stack tight">
      <h3>{text('optionsBlocked')}</h3>
      {blocked.length === 0 ? (
        <p class="hint">{text('optionsNobodyBlocked')}</p>
      ) : (
        <ul class="plain-list items" aria-label={text('optionsBlocked')}>
          {blocked.map((contact) => (
            <li key={contact.id} class="item blocked">
              <Avatar name={contact.name} id={contact.id} size={32} />
              <strong class="breakable">{contact.name}</strong>
              <button type="button" class="button small" onClick={() => void model.unblock(contact)}>
                {text('optionsUnblock', contact.name)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const protectedKeys: readonly TextKey[] = ['optionsProtected1', 'optionsProtected2', 'optionsProtected3'];
const openKeys: readonly TextKey[] = ['optionsOpen1', 'optionsOpen2', 'optionsOpen3', 'optionsOpen4'];

export function PrivacyRegion({ model }: RegionProps) {
  return (
    <>
      <section class="card stack" aria-label={text('optionsReach')}>
        <h2>{text('optionsReach')}</h2>
        <SettingToggle
          model={model}
          setting="linkCalls"
          label={text('optionsLinkCalls')}
          hint={text('optionsLinkCallsHint')}
        />
        <div class="stack tight">
          <SettingToggle
            model={model}
            setting="hideAddress"
            label={text('optionsHideAddress')}
            hint={text('optionsHideAddressHint')}
          />
          <NoTurnServer model={model} />
        </div>
        <Blocked model={model} />
      </section>
      <section class="card stack" aria-label={text('optionsKept')}>
        <h2>{text('optionsKept')}</h2>
        <SettingToggle
          model={model}
          setting="keepHistory"
          label={text('optionsKeepHistory')}
          hint={text('optionsKeepHistoryHint')}
        />
        <ClearHistory model={model} />
        <Toggle
          label={text('optionsTakesPortraits')}
          hint={text('optionsTakesPortraitsHint')}
          on={model.settings.value.takesPortraits}
          onChange={(on) =>
            void model.portrait.take(on, text(on ? 'optionsNowOn' : 'optionsNowOff', text('optionsTakesPortraits')))
          }
        />
      </section>
      <div class="card two-columns">
        <div class="stack tight">
          <h2>{text('optionsProtected')}</h2>
          <ul class="facts">
            {protectedKeys.map((key) => (
              <li key={key}>{text(key)}</li>
            ))}
          </ul>
        </div>
        <div class="stack tight">
          <h2>{text('optionsOpen')}</h2>
          <ul class="facts">
            {openKeys.map((key) => (
              <li key={key}>{text(key)}</li>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}
