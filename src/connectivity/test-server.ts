// Tries one server of the settings: makes its password, gathers through it alone, and judges what came of it.
import { type IceServer, readIceAddress } from '../core/network/ice-server.ts';
import { readyServers } from '../platform/crypto/turn-password.ts';
import { probeIce } from './ice-probe.ts';
import { judgeServer, type ServerVerdict } from './server-verdict.ts';

/** A server that works answers in well under a second, over TLS on a bad line in two. */
export const serverTestMs = 6_000;

/** Asks this server and no other host. Undefined when its address cannot be read: a browser would not take it. */
export async function testIceServer(server: IceServer): Promise<ServerVerdict | undefined> {
  const address = readIceAddress(server.urls);
  if ('refused' in address) return undefined;
  const servers = await readyServers([server], Date.now());
  const result = await probeIce({ servers: [...servers], withinMs: serverTestMs });
  return judgeServer(address, result, server.credential);
}
