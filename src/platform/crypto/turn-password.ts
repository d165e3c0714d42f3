// Makes servers of the settings ready for a browser. A server's shared secret becomes a password that expires, made anew each time
// (draft-uberti-behave-turn-rest-00, 2.2); what is made is never stored.
import { type IceServer, type ReadyIceServer, timeLimitedUser } from '../../core/network/ice-server.ts';

async function passwordOf(secret: string, username: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-1' }, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(username)));
  return btoa(String.fromCharCode(...mac));
}

/** The servers with their passwords, for one call or one test. `now`: ms since the epoch. */
export function readyServers(servers: readonly IceServer[], now: number): Promise<readonly ReadyIceServer[]> {
  return Promise.all(
    servers.map(async ({ secret, ...server }) => {
      if (secret === undefined) return server;
      const username = timeLimitedUser(server.username, now);
      return { urls: server.urls, username, credential: await passwordOf(secret, username) };
    }),
  );
}

/** A guest link has room for two. */
const maxGuestServers = 2;

/**
 * The TURN servers for somebody who has none, with a password made for them that expires within a day: of those whose secret the person has.
 * Passwords that stay the same are given to nobody. @param who tells one link from another in the server's own records.
 */
export function guestServers(
  servers: readonly IceServer[],
  now: number,
  who: string,
): Promise<readonly ReadyIceServer[]> {
  const own = servers.filter(({ secret }) => secret !== undefined).slice(0, maxGuestServers);
  return readyServers(
    own.map((server) => ({ ...server, username: `guest-${who}` })),
    now,
  );
}
