// A STUN or TURN address taken apart (RFC 7064, RFC 7065). Knows no credentials.

export interface IceServerAddress {
  readonly role: 'stun' | 'turn';
  /** Between us and the server. */
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: number;
}

const pattern = /^(stun|turn)(s?):(?:\[([0-9a-f:.]+)\]|([^:?[\]]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;

/** @returns undefined when it is no such address. */
export function readIceServerAddress(url: string): IceServerAddress | undefined {
  const match = pattern.exec(url.trim());
  if (!match) return undefined;
  const [, role = '', secure, bracketed, plain, port, transport] = match;
  return {
    role: role.toLowerCase() === 'turn' ? 'turn' : 'stun',
    transport: secure ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
    host: (bracketed ?? plain ?? '').toLowerCase(),
    port: port === undefined ? (secure ? 5349 : 3478) : Number(port),
  };
}
