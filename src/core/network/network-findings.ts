// What one side of a call learned of its network: booleans and words from closed lists, no address and no name. The shared half is
// what the other side may hear after a failed call (docs/decisions/0007-findings-after-a-failed-call.md).
import * as v from 'valibot';
import { wireObject } from '../base/wire-object.ts';

/** How the browser shows this computer's addresses to calls. `off`: it has no calls at all. `unseen`: nobody looked. */
const addressViews = ['open', 'names', 'hidden', 'none', 'off', 'unseen'] as const;
const overlays = ['none', 'yggdrasil', 'mycelium', 'both'] as const;
/** RFC 4787 section 4.1, as two STUN servers see it. `none`: a public address of one's own. */
const natKinds = ['none', 'address-independent', 'address-dependent', 'unknown'] as const;
/** `silent`: no server answered, and whether the network or the server is to blame cannot be told. */
const udpStates = ['works', 'blocked', 'silent', 'untested'] as const;
const stunStates = ['unset', 'answers', 'silent'] as const;
/** `refused`: user name, password or a limit; `unreachable`: no such name, a closed port, a certificate that is not trusted. */
const turnStates = ['unset', 'works', 'refused', 'unreachable', 'silent'] as const;

/** The wire form: what the signal `findings` carries. */
export const sharedFindingsSchema = wireObject({
  addresses: v.picklist(addressViews),
  /** An address of that family to call from was seen. Where the browser hides addresses, false does not mean that there is none. */
  ipv4: v.boolean(),
  ipv6: v.boolean(),
  overlay: v.picklist(overlays),
  nat: v.picklist(natKinds),
  udp: v.picklist(udpStates),
  stun: v.picklist(stunStates),
  turn: v.picklist(turnStates),
  /** The families in which the own TURN servers give out relayed addresses. */
  turnIpv4: v.boolean(),
  turnIpv6: v.boolean(),
  /** Calls through the own TURN servers only, by choice. */
  hidesAddress: v.boolean(),
});

export type SharedFindings = v.InferOutput<typeof sharedFindingsSchema>;
export type Overlay = SharedFindings['overlay'];
export type NatKind = SharedFindings['nat'];

/** Why relays could not be used, as far as the reason is this computer's or its network's. */
export type RelayTrouble = 'web-page' | 'clock-wrong';

export interface RelayFindings {
  readonly total: number;
  readonly up: number;
  readonly trouble?: RelayTrouble;
}

/** How many TURN servers are set, how many of them work, and by which way. */
interface TurnServers {
  readonly total: number;
  readonly working: number;
  readonly udp: boolean;
  readonly tcp: boolean;
  readonly tls: boolean;
}

/** All that this side knows of itself. */
export interface NetworkFindings extends SharedFindings {
  /** What the browser says; false is certain, true is not. */
  readonly online: boolean;
  readonly relays: RelayFindings;
  readonly turnServers: TurnServers;
}

/** The browser keeps to itself whether there is an address of a family that was not seen. */
export function mayHaveMoreFamilies({ addresses, ipv4, ipv6 }: SharedFindings): boolean {
  return (addresses === 'names' || addresses === 'hidden') && !(ipv4 && ipv6);
}

/** Leaves out what is nobody else's business: relays, counts and ways. */
export function sharedFindings(own: NetworkFindings): SharedFindings {
  const { addresses, ipv4, ipv6, overlay, nat, udp, stun, turn, turnIpv4, turnIpv6, hidesAddress } = own;
  return { addresses, ipv4, ipv6, overlay, nat, udp, stun, turn, turnIpv4, turnIpv6, hidesAddress };
}
