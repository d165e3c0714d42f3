// A report of a problem to be read, copied and sent by the person, or not: counts and kinds, never a name, a key, an address or a word.
import type { RelayState } from '../../core/base/ports.ts';
import type { Settings } from '../../core/data/settings.ts';
import { readIceAddress } from '../../core/network/ice-server.ts';

export interface ReportParts {
  readonly version: string;
  readonly userAgent: string;
  readonly settings: Settings;
  readonly relayStates: readonly RelayState[];
  /** How many. */
  readonly contacts: number;
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

/** In English, for whoever reads it. Names no relay and no server: they may be a person's own, or hold a password. */
export function problemReport({ version, userAgent, settings, relayStates, contacts }: ReportParts): string {
  const relays = settings.relays.map((url) => {
    const state = relayStates.find((one) => one.url === url);
    return `${state?.phase ?? 'unknown'}${state?.phase === 'up' && state.dialect ? ` (${state.dialect})` : ''}`;
  });
  const servers = settings.iceServers.map(({ urls }) => {
    const address = readIceAddress(urls);
    return 'refused' in address ? 'unusable' : `${address.kind}/${address.transport}`;
  });
  return [
    `FreeFlow Connect ${version}`,
    userAgent,
    `relays: ${relays.length === 0 ? 'none' : relays.join(', ')}`,
    `servers: ${servers.length === 0 ? 'none' : servers.join(', ')}`,
    `hides address: ${yesNo(settings.hideAddress)}`,
    `calls by link: ${yesNo(settings.linkCalls)}`,
    `contacts: ${contacts}`,
    '',
    'What I did:',
    '',
    'What I expected:',
    '',
    'What happened instead:',
    '',
  ].join('\n');
}
