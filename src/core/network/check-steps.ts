// What a look at the own network consists of, by what is set. Knows not how it is done.
import { type IceAddress, type ReadyIceServer, readIceAddress } from './ice-server.ts';

/** What is looked at; each is told when it is done. */
export type CheckStep = 'relays' | 'way-out' | 'turn';

/** The servers whose addresses fit. */
export function serversThat<Server extends Pick<ReadyIceServer, 'urls'>>(
  servers: readonly Server[],
  fits: (address: IceAddress) => boolean,
): readonly Server[] {
  return servers.filter(({ urls }) => {
    const address = readIceAddress(urls);
    return !('refused' in address) && fits(address);
  });
}

/** What of the whole test there is to wait for. */
export function checkSteps(
  servers: readonly Pick<ReadyIceServer, 'urls'>[],
  hidesAddress: boolean,
): readonly CheckStep[] {
  const hasTurn = serversThat(servers, ({ kind }) => kind === 'turn').length > 0;
  return ['relays', ...(hidesAddress ? [] : (['way-out'] as const)), ...(hasTurn ? (['turn'] as const) : [])];
}
