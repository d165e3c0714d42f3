// When it may ring, what is kept, who is blocked, and in plain words what is protected and what is not.
import type { Settings } from '../../core/data/settings.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { Toggle } from '../../ui/toggle.tsx';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import type { OptionsModel } from '../model/options-model.ts';

interface RegionProps {
  readonly model: OptionsModel;
}

type Choice = keyof Pick<
  Settings,
  'doNotDisturb' | 'linkCalls' | 'hideAddress' | 'ringWindow' | 'ringtone' | 'keepHistory'
>;

const choices: readonly { readonly setting: Choice; readonly label: TextKey; readonly hint: TextKey }[] = [
  { setting: 'doNotDisturb', label: 'optionsDnd', hint: 'optionsDndHint' },
  { setting: 'linkCalls', label: 'optionsLinkCalls', hint: 'optionsLinkCallsHint' },
  { setting: 'hideAddress', label: 'optionsHideAddress', hint: 'optionsHideAddressHint' },
  { setting: 'ringWindow', label: 'optionsRingWindow', hint: 'optionsRingWindowHint' },
  { setting: 'ringtone', label: 'optionsRingtone', hint: 'optionsRingtoneHint' },
  { setting: 'keepHistory', label: 'optionsKeepHistory', hint: 'optionsKeepHistoryHint' },
];

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
      {choices.map(({ setting, label, hint }) => (
        <div key={setting} class="stack tight">
          <Toggle
            label={text(label)}
            hint={text(hint)}
            on={model.settings.value[setting]}
            onChange={(on) =>
              void model.change({ [setting]: on }, text(on ? 'optionsNowOn' : 'optionsNowOff', text(label)))
            }
          />
          {setting === 'hideAddress' ? <NoTurnServer model={model} /> : null}
        </div>
      ))}
      <ClearHistory model={model} />
      <Blocked model={model} />
      <div class="two-columns">
        <div class="stack tight">
          <h3>{text('optionsProtected')}</h3>
          <ul class="facts">
            {protectedKeys.map((key) => (
              <li key={key}>{text(key)}</li>
            ))}
          </ul>
        </div>
        <div class="stack tight">
          <h3>{text('optionsOpen')}</h3>
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
