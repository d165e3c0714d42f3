// Says of one address that it came with a server, and which: it goes with it, too.
import { type OwnServer, ownServerName } from '../../core/network/own-servers.ts';
import { text } from '../../ui/texts/text.ts';

interface Props {
  readonly servers: readonly OwnServer[];
  /** Of a relay, or of a STUN or TURN server. */
  readonly address: string;
}

export function PartOfServer({ servers, address }: Props) {
  const server = servers.find(({ relays, iceServers }) => relays.includes(address) || iceServers.includes(address));
  return server ? <span class="hint breakable">{text('optionsPartOfServer', ownServerName(server))}</span> : null;
}
