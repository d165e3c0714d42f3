// Who I am here and whether anybody can reach me: name, do not disturb, and the truthful state of the relays.
import { useSignal } from '@preact/signals';
import { ChevronDown, CircleAlert, CircleCheck, CircleDashed } from 'lucide-preact';
import { useId } from 'preact/hooks';
import { toHex } from '../core/base/bytes.ts';
import { displayRelayUrl } from '../platform/relay/relay-url.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RelaySentence } from '../ui/relay-sentences.tsx';
import { plural, text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';
import { QuietButton, QuietPanel, useQuietChoice } from './quiet-panel.tsx';

type Reach = 'none' | 'up' | 'connecting' | 'down';

function reachOf(model: PopupModel): { readonly reach: Reach; readonly sentence: string } {
  const wanted = model.settings.value.relays;
  const states = model.relayStates.value.filter((state) => wanted.includes(state.url));
  const up = states.filter((state) => state.phase === 'up').length;
  if (wanted.length === 0) return { reach: 'none', sentence: text('popupNoRelay') };
  if (up > 0) {
    return { reach: 'up', sentence: plural('popupListening', wanted.length, String(up)) };
  }
  const tryingFirstTime = states.length < wanted.length || states.some((state) => state.phase === 'connecting');
  return tryingFirstTime
    ? { reach: 'connecting', sentence: text('popupConnecting') }
    : { reach: 'down', sentence: text('popupNotReachable') };
}

const marks = { none: CircleAlert, up: CircleCheck, connecting: CircleDashed, down: CircleAlert } as const;

function RelaySummary({ model }: { readonly model: PopupModel }) {
  const open = useSignal(false);
  const listId = useId();
  const { reach, sentence } = reachOf(model);
  const Mark = marks[reach];
  return (
    <div class={`relay-summary ${reach}`}>
      <button
        type="button"
        class="relay-summary-button"
        aria-expanded={open.value}
        aria-controls={listId}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Mark aria-hidden="true" size={16} />
        <span>{sentence}</span>
        <ChevronDown aria-hidden="true" size={16} class="chevron" />
      </button>
      <div id={listId} hidden={!open.value}>
        {reach === 'none' ? (
          <p class="hint">{text('popupNoRelayHint')}</p>
        ) : (
          <ul class="plain-list relay-details" aria-label={text('popupRelays')}>
            {model.settings.value.relays.map((url) => (
              <li key={url}>
                <span class="relay-name">{displayRelayUrl(url)}</span>
                <RelaySentence state={model.relayStates.value.find((state) => state.url === url)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

export function PopupHeader({ model }: { readonly model: PopupModel }) {
  const quietChoice = useQuietChoice();
  const own = model.identity.value;
  if (own?.state !== 'present') return null;
  return (
    <header class="popup-header">
      <div class="popup-header-row">
        <Avatar name={own.identity.name} id={toHex(own.identity.keys.ed25519Public)} size={36} />
        <h1 class="own-name" dir="auto" title={own.identity.name}>
          {own.identity.name}
        </h1>
        <QuietButton model={model} opens={quietChoice} />
      </div>
      <QuietPanel model={model} opens={quietChoice} />
      <RelaySummary model={model} />
    </header>
  );
}
