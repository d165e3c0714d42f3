// What is known of a relay right now, as a mark and a sentence. Says only what the background saw itself.
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-preact';
import type { RelayDialect, RelayState } from '../core/base/ports.ts';
import { text } from './texts/text.ts';
import type { TextKey } from './texts/text-key.ts';

const reasonKeys: Record<NonNullable<RelayState['reason']>, TextKey> = {
  unreachable: 'uiRelayUnreachable',
  closed: 'uiRelayClosed',
  'not-a-relay': 'uiRelayNotARelay',
  'needs-login': 'uiRelayNeedsLogin',
  refused: 'uiRelayRefused',
  'no-site-access': 'uiRelayNoSiteAccess',
};

const refusalKeys: Record<NonNullable<RelayState['refusal']>, TextKey> = {
  refused: 'uiRelayRefusesRefused',
  'rate-limited': 'uiRelayRefusesRate',
  'in-trouble': 'uiRelayRefusesTrouble',
  'needs-login': 'uiRelayRefusesLogin',
  'clock-wrong': 'uiRelayRefusesClock',
  'too-large': 'uiRelayRefusesSize',
};

export const dialectNames: Record<RelayDialect, string> = {
  nostr: 'Nostr',
  mqtt: 'MQTT',
  'json-pubsub': 'JSON pub/sub',
  broadcast: 'plain broadcast',
};

function relaySentence(state: RelayState | undefined): string {
  if (state === undefined) return text('uiRelayUnknown');
  if (state.phase === 'up' && state.refusal) return text(refusalKeys[state.refusal]);
  if (state.phase === 'up')
    return state.dialect ? text('uiRelayUpDialect', dialectNames[state.dialect]) : text('uiRelayUp');
  if (state.phase === 'connecting') return text('uiRelayConnecting');
  const why = text(state.reason ? reasonKeys[state.reason] : 'uiRelayDown');
  return state.retryAt === undefined ? why : `${why} ${text('uiRelayRetry')}`;
}

export function RelaySentence({ state }: { readonly state: RelayState | undefined }) {
  const phase = state?.phase ?? 'connecting';
  const isTrouble = phase === 'down' || state?.refusal !== undefined;
  const Mark = isTrouble ? CircleAlert : phase === 'up' ? CircleCheck : CircleDashed;
  return (
    <span class={`relay-words ${isTrouble ? 'down' : phase}`}>
      <Mark aria-hidden="true" size={16} />
      <span>{relaySentence(state)}</span>
    </span>
  );
}
