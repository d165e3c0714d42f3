// The servers that were added by a server link: what of the settings belongs together, so that it comes, is renewed and goes as one thing.
// Pure: tests nothing and stores nothing.
import type { IceServer } from './ice-server.ts';
import type { ServerLink } from './server-link.ts';

/** What belongs to one server. Its relays and STUN and TURN servers stand in the lists of the settings like any other. */
export interface OwnServer {
  readonly name: string;
  readonly relays: readonly string[];
  /** The addresses of its STUN and TURN servers. */
  readonly iceServers: readonly string[];
  readonly page?: string;
  /** Until when its TURN password is good, ms since the epoch. */
  readonly endsAt?: number;
}

/** The lists of the settings that a server stands in. */
export interface ServerLists {
  readonly relays: readonly string[];
  readonly iceServers: readonly IceServer[];
  readonly ownServers: readonly OwnServer[];
}

/** How long before its end a password is worth a word. */
const warningMs = 14 * 86_400_000;

/** A relay without the dialect that may be named in front. */
const plain = (relay: string): string => relay.replace(/^[a-z]+\+(?=wss?:)/, '');

/** What a server is called: its name, or where it is. */
export function ownServerName({ name, relays, iceServers }: Pick<OwnServer, 'name' | 'relays' | 'iceServers'>): string {
  const address = relays[0] ?? iceServers[0] ?? '';
  return name !== '' ? name : plain(address).replace(/^[a-z]+:(?:\/\/)?/, '');
}

/** The lists without a server: everything of it is gone, and nothing else. */
export function withoutServer(lists: ServerLists, server: OwnServer): ServerLists {
  const others = lists.ownServers.filter((one) => one !== server);
  // Two links may name one and the same relay: it stays while one of them is there.
  const kept = { relays: others.flatMap(({ relays }) => relays), ice: others.flatMap(({ iceServers }) => iceServers) };
  return {
    relays: lists.relays.filter((relay) => !server.relays.includes(relay) || kept.relays.includes(relay)),
    iceServers: lists.iceServers.filter(({ urls }) => !server.iceServers.includes(urls) || kept.ice.includes(urls)),
    ownServers: others,
  };
}

/** Servers that a link renews: those that it shares an address with. */
export function renewedBy(lists: ServerLists, link: ServerLink): readonly OwnServer[] {
  const relays = new Set(link.relays.map(plain));
  const addresses = new Set(link.iceServers.map(({ urls }) => urls));
  return lists.ownServers.filter(
    (one) => one.relays.some((relay) => relays.has(plain(relay))) || one.iceServers.some((urls) => addresses.has(urls)),
  );
}

/** The lists with the server of a link, its relays first, so that the own contact link names them. One that is there already is renewed. */
export function withServer(lists: ServerLists, link: ServerLink): ServerLists {
  const before = renewedBy(lists, link).reduce(withoutServer, lists);
  const relays = new Set(link.relays.map(plain));
  const addresses = new Set(link.iceServers.map(({ urls }) => urls));
  const { name, page, endsAt } = link;
  const server: OwnServer = {
    name,
    relays: link.relays,
    iceServers: [...addresses],
    ...(page === undefined ? {} : { page }),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
  return {
    relays: [...link.relays, ...before.relays.filter((relay) => !relays.has(plain(relay)))],
    iceServers: [...link.iceServers, ...before.iceServers.filter(({ urls }) => !addresses.has(urls))],
    ownServers: [...before.ownServers, server],
  };
}

/** Whether a server's password is good, soon ends, or has ended. `now`: ms since the epoch. */
export function passwordState({ endsAt }: Pick<OwnServer, 'endsAt'>, now: number): 'good' | 'ends-soon' | 'ended' {
  if (endsAt === undefined || now < endsAt - warningMs) return 'good';
  return now < endsAt ? 'ends-soon' : 'ended';
}

/** The web page where the links of invitations lead to: the one that was typed, or that of the first own server that has one; undefined for none. */
export function invitationPage({
  guestPage,
  ownServers,
}: Pick<ServerLists, 'ownServers'> & { readonly guestPage: string }): string | undefined {
  return guestPage === '' ? ownServers.find(({ page }) => page !== undefined)?.page : guestPage;
}

/** A contact or guest link as it is sent: of the web, where a page is set. What stands behind `#` goes to no server. */
export const linkOnPage = (link: string, page: string | undefined): string =>
  page === undefined ? link : `${page}#${link}`;
