// "Why can't we connect?" as far as one side can answer it: one verdict on the own network, and one finding for each thing that was
// looked at. Closed lists of words; the sentences live in the views.
import { mayHaveMoreFamilies, type NetworkFindings, type SharedFindings } from './network-findings.ts';

/** What to do about a verdict. */
export type Todo =
  | 'nothing'
  | 'call-again'
  | 'check-internet'
  | 'add-relay'
  | 'check-relays'
  | 'log-in'
  | 'set-clock'
  | 'switch-calls-on'
  | 'show-addresses'
  | 'add-stun'
  | 'check-stun'
  | 'add-turn'
  /** One that can be reached by TCP or TLS. */
  | 'add-turn-tls'
  /** One that has IPv4 and IPv6. */
  | 'add-turn-both-families'
  | 'mend-turn-login'
  | 'mend-turn-address'
  | 'mend-turn-silence'
  /** Over TCP or TLS the same server may well be reached. */
  | 'reach-turn-otherwise'
  | 'check-overlay';

/** The one main verdict on the own network. */
export type OwnVerdictName =
  | 'offline'
  | 'no-relays'
  | 'captive-portal'
  | 'clock-wrong'
  | 'relays-down'
  | 'calls-off'
  | 'no-addresses'
  | 'hides-without-turn'
  | 'udp-blocked'
  | 'strict-nat'
  | 'turn-broken'
  | 'servers-silent'
  | 'no-servers'
  | 'works-by-turn'
  | 'works-directly'
  | 'works-unsure';

/** `bad`: calls fail; `fair`: some calls fail, or it cannot be told; `good`. */
export type Grade = 'good' | 'fair' | 'bad';

export interface OwnVerdict {
  readonly verdict: OwnVerdictName;
  readonly grade: Grade;
  readonly todo: Todo;
}

/** What to do about the TURN server that is wanted: set one, or mend the one that is set. */
export function turnTodo(turn: SharedFindings['turn'], wanted: Todo): Todo {
  switch (turn) {
    case 'refused':
      return 'mend-turn-login';
    case 'unreachable':
      return 'mend-turn-address';
    case 'silent':
      return 'mend-turn-silence';
    case 'unset':
    case 'works':
      return wanted;
  }
}

/** The same where UDP is blocked: a TURN server that is silent may well stand behind the same wall. */
export function blockedTodo({ turn }: SharedFindings): Todo {
  return turn === 'silent' ? 'reach-turn-otherwise' : turnTodo(turn, 'add-turn-tls');
}

/** A TURN server is set and does not work. */
export function isTurnBroken({ turn }: SharedFindings): boolean {
  return turn !== 'unset' && turn !== 'works';
}

function relayVerdict({ online, relays, stun, turn, addresses }: NetworkFindings): OwnVerdict | undefined {
  const bad = (verdict: OwnVerdictName, todo: Todo): OwnVerdict => ({ verdict, grade: 'bad', todo });
  const isHeard = relays.up > 0 || stun === 'answers' || turn === 'works';
  if (!isHeard && (!online || addresses === 'none')) return bad('offline', 'check-internet');
  if (relays.total === 0) return bad('no-relays', 'add-relay');
  if (relays.up > 0) return undefined;
  if (relays.trouble === 'web-page') return bad('captive-portal', 'log-in');
  if (relays.trouble === 'clock-wrong') return bad('clock-wrong', 'set-clock');
  const isAllSilent = !isHeard && (stun === 'silent' || turn === 'silent');
  return isAllSilent ? bad('offline', 'check-internet') : bad('relays-down', 'check-relays');
}

/** The one verdict on the own network: what is worst, or that it works and how. */
export function ownVerdict(own: NetworkFindings): OwnVerdict {
  if (own.addresses === 'off') return { verdict: 'calls-off', grade: 'bad', todo: 'switch-calls-on' };
  const { turn, nat, udp, stun, addresses, hidesAddress } = own;
  const relays = relayVerdict(own);
  if (relays) return relays;
  if (turn === 'works') {
    const isDirect = !hidesAddress && addresses !== 'none' && udp === 'works' && nat !== 'address-dependent';
    return {
      verdict: isDirect && nat !== 'unknown' ? 'works-directly' : 'works-by-turn',
      grade: 'good',
      todo: 'nothing',
    };
  }
  if (hidesAddress) return { verdict: 'hides-without-turn', grade: 'bad', todo: turnTodo(turn, 'add-turn') };
  if (addresses === 'none') return { verdict: 'no-addresses', grade: 'bad', todo: 'show-addresses' };
  if (udp === 'blocked') return { verdict: 'udp-blocked', grade: 'bad', todo: blockedTodo(own) };
  if (nat === 'address-dependent') return { verdict: 'strict-nat', grade: 'fair', todo: turnTodo(turn, 'add-turn') };
  if (isTurnBroken(own)) return { verdict: 'turn-broken', grade: 'fair', todo: turnTodo(turn, 'add-turn') };
  if (stun === 'silent') return { verdict: 'servers-silent', grade: 'fair', todo: 'check-stun' };
  if (stun === 'unset') return { verdict: 'no-servers', grade: 'fair', todo: 'add-stun' };
  return { verdict: nat === 'unknown' ? 'works-unsure' : 'works-directly', grade: 'good', todo: 'nothing' };
}

/** One thing that was looked at, and how it was found. */
export type Finding =
  | 'relays-all'
  | 'relays-some'
  | 'relays-down'
  | 'relays-portal'
  | 'relays-clock'
  | 'relays-unset'
  | 'udp-works'
  | 'udp-blocked'
  | 'udp-silent'
  | 'udp-untested'
  | 'nat-none'
  | 'nat-address-independent'
  | 'nat-address-dependent'
  | 'nat-unknown'
  | 'turn-works'
  | 'turn-some'
  | 'turn-unset'
  | 'turn-refused'
  | 'turn-unreachable'
  | 'turn-silent'
  | 'families-both'
  | 'families-ipv4'
  | 'families-ipv6'
  | 'families-unknown'
  | 'families-hidden'
  | 'families-ipv4-seen'
  | 'families-ipv6-seen'
  | 'overlay-none'
  | 'overlay-yggdrasil'
  | 'overlay-mycelium'
  | 'overlay-both'
  | 'addresses-open'
  | 'addresses-names'
  | 'addresses-hidden'
  | 'addresses-none'
  | 'addresses-off'
  | 'addresses-unseen';

/** `neutral`: a fact that is neither good nor bad, or that nobody could look at. */
export interface FindingRow {
  readonly finding: Finding;
  readonly grade: Grade | 'neutral';
}

const grades: Readonly<Record<Finding, FindingRow['grade']>> = {
  'relays-all': 'good',
  'relays-some': 'fair',
  'relays-down': 'bad',
  'relays-portal': 'bad',
  'relays-clock': 'bad',
  'relays-unset': 'bad',
  'udp-works': 'good',
  'udp-blocked': 'bad',
  'udp-silent': 'fair',
  'udp-untested': 'neutral',
  'nat-none': 'good',
  'nat-address-independent': 'good',
  'nat-address-dependent': 'fair',
  'nat-unknown': 'neutral',
  'turn-works': 'good',
  'turn-some': 'fair',
  'turn-unset': 'neutral',
  'turn-refused': 'bad',
  'turn-unreachable': 'bad',
  'turn-silent': 'bad',
  'families-both': 'good',
  'families-ipv4': 'neutral',
  'families-ipv6': 'neutral',
  'families-unknown': 'neutral',
  'families-hidden': 'neutral',
  'families-ipv4-seen': 'neutral',
  'families-ipv6-seen': 'neutral',
  'overlay-none': 'neutral',
  'overlay-yggdrasil': 'good',
  'overlay-mycelium': 'good',
  'overlay-both': 'good',
  'addresses-open': 'good',
  'addresses-names': 'fair',
  'addresses-hidden': 'fair',
  'addresses-none': 'bad',
  'addresses-off': 'bad',
  'addresses-unseen': 'neutral',
};

const row = (finding: Finding): FindingRow => ({ finding, grade: grades[finding] });

function relayFinding({ relays: { total, up, trouble } }: NetworkFindings): Finding {
  if (total === 0) return 'relays-unset';
  if (up > 0) return up === total ? 'relays-all' : 'relays-some';
  return trouble === 'web-page' ? 'relays-portal' : trouble === 'clock-wrong' ? 'relays-clock' : 'relays-down';
}

function familyFinding(side: SharedFindings): Finding {
  const { ipv4, ipv6 } = side;
  if (mayHaveMoreFamilies(side)) return ipv4 ? 'families-ipv4-seen' : ipv6 ? 'families-ipv6-seen' : 'families-hidden';
  if (ipv4) return ipv6 ? 'families-both' : 'families-ipv4';
  return ipv6 ? 'families-ipv6' : 'families-unknown';
}

/** What is known of one side's network, whichever side's. */
export function networkRows(side: SharedFindings): readonly FindingRow[] {
  return [
    row(`udp-${side.udp}`),
    row(`nat-${side.nat}`),
    row(`turn-${side.turn}`),
    row(familyFinding(side)),
    row(`overlay-${side.overlay}`),
    row(`addresses-${side.addresses}`),
  ];
}

/** All that was looked at on this side, in the order in which a call needs it. */
export function ownRows(own: NetworkFindings): readonly FindingRow[] {
  const { total, working } = own.turnServers;
  const rows = networkRows(own).map((known) =>
    known.finding === 'turn-works' && working > 0 && working < total ? row('turn-some') : known,
  );
  return [row(relayFinding(own)), ...rows];
}
