// "Why couldn't we connect?" with the findings of both sides: one verdict that names whose network is in the way and what would help.
// Closed lists of words; the sentences live in the views.

import { mayHaveMoreFamilies, type NetworkFindings, type SharedFindings } from './network-findings.ts';
import { blockedTodo, isTurnBroken, type Todo, turnTodo } from './own-verdict.ts';

export type Whose = 'own' | 'theirs' | 'both';

/** What is in the way on one side, or on both alike. */
export type Blame =
  | 'no-addresses'
  | 'hides-without-turn'
  | 'udp-blocked'
  | 'strict-nat'
  | 'servers-silent'
  | 'no-servers'
  | 'turn-broken'
  /** No family of addresses was seen on both sides, and the browser hides whether there is one. */
  | 'families-hidden';

/** Who has to do something. `either`: one of the two is enough. */
type ForWhom = Whose | 'either';

interface Step {
  readonly todo: Todo;
  readonly forWhom: ForWhom;
}

export type CombinedVerdict = Step &
  (
    | { readonly because: Blame; readonly whose: Whose }
    /**
     * One side goes out over IPv4 only, the other one over IPv6 only. `oneSided`: whose TURN server works, but gives out addresses
     * that the other side cannot reach.
     */
    | { readonly because: 'families'; readonly own: Family; readonly oneSided: Whose | 'nobody' }
    /** Nothing answers this side any more. */
    | { readonly because: 'offline' }
    /** The own network shows no fault, and the other side told nothing of its own. */
    | { readonly because: 'not-own' }
    /** The findings leave a way open that was seen to work on both its halves. */
    | { readonly because: 'passing' }
    /** No way was seen to work, and no reason either. */
    | { readonly because: 'unclear' }
  );

type Family = 'ipv4' | 'ipv6';
const families: readonly Family[] = ['ipv4', 'ipv6'];

const relays = (side: SharedFindings, family: Family): boolean =>
  side.turn === 'works' && (family === 'ipv4' ? side.turnIpv4 : side.turnIpv6);

/** Whether packets of this side reach an address of that family without its TURN server. */
function sendsDirectly(side: SharedFindings, family: Family): boolean {
  const isSeen = side.addresses !== 'none' && side.addresses !== 'off' && !side.hidesAddress;
  return isSeen && side.udp !== 'blocked' && side[family];
}

/** The routers let each other's packets in: RFC 5128 section 3.3, as far as the kinds of NAT are known. */
function routersAgree(one: SharedFindings, two: SharedFindings): boolean {
  if (one.nat === 'none' || two.nat === 'none') return true;
  return one.nat === 'address-independent' && two.nat === 'address-independent';
}

/** Whether some way between the two was seen to work on both its halves. */
function hasWay(one: SharedFindings, two: SharedFindings): boolean {
  return families.some((family) => {
    const relayed = (from: SharedFindings, to: SharedFindings) =>
      relays(to, family) && (sendsDirectly(from, family) || relays(from, family));
    if (relayed(one, two) || relayed(two, one)) return true;
    const isDirect = [one, two].every((side) => sendsDirectly(side, family) && side.udp === 'works');
    return isDirect && (family === 'ipv6' || routersAgree(one, two));
  });
}

type Test = (side: SharedFindings) => boolean;
const withoutTurn =
  (test: Test): Test =>
  (side) =>
    side.turn !== 'works' && test(side);

const isBlind: Test = withoutTurn(({ addresses }) => addresses === 'none' || addresses === 'off');
const isOnlyHiding: Test = withoutTurn(({ hidesAddress }) => hidesAddress);
const isBlocked: Test = withoutTurn(({ udp }) => udp === 'blocked');
const isStrict: Test = ({ nat }) => nat === 'address-dependent';
const isSilent: Test = withoutTurn(({ stun }) => stun === 'silent');
const isAlone: Test = withoutTurn(({ stun, turn }) => stun === 'unset' && turn === 'unset');

function whose(test: Test, own: SharedFindings, theirs: SharedFindings | undefined): Whose | undefined {
  const [isOwn, isTheirs] = [test(own), theirs !== undefined && test(theirs)];
  if (isOwn) return isTheirs ? 'both' : 'own';
  return isTheirs ? 'theirs' : undefined;
}

/** Each side needs its own: what the blamed one does. Of two with different things to do, whoever reads this begins. */
function forBlamed(who: Whose, own: Todo, theirs: Todo): Step {
  if (who === 'theirs') return { todo: theirs, forWhom: 'theirs' };
  return { todo: own, forWhom: who === 'both' && own === theirs ? 'both' : 'own' };
}

/** One TURN server is enough for both: whichever is set and broken is mended, or a new one is set. */
function forEither(own: SharedFindings, theirs: SharedFindings | undefined, wanted: Todo): Step {
  if (isTurnBroken(own)) return { todo: turnTodo(own.turn, wanted), forWhom: 'own' };
  if (theirs && isTurnBroken(theirs)) return { todo: turnTodo(theirs.turn, wanted), forWhom: 'theirs' };
  return { todo: wanted, forWhom: 'either' };
}

/** The families in which a side reaches anybody, by itself or through its TURN server. */
const reach = (side: SharedFindings): readonly Family[] =>
  families.filter((family) => sendsDirectly(side, family) || relays(side, family));

function familyVerdict(own: SharedFindings, theirs: SharedFindings): CombinedVerdict | undefined {
  if (whose(mayHaveMoreFamilies, own, theirs)) return undefined;
  const [[ownFamily, ...more], [theirFamily, ...others]] = [reach(own), reach(theirs)];
  if (!ownFamily || !theirFamily || more.length + others.length > 0 || ownFamily === theirFamily) return undefined;
  const oneSided = whose(({ turn }) => turn === 'works', own, theirs) ?? 'nobody';
  const shareOverlay =
    own.overlay !== 'none' &&
    theirs.overlay !== 'none' &&
    (own.overlay === theirs.overlay || own.overlay === 'both' || theirs.overlay === 'both');
  const step: Step = shareOverlay
    ? { todo: 'check-overlay', forWhom: 'both' }
    : oneSided === 'nobody'
      ? forEither(own, theirs, 'add-turn-both-families')
      : { todo: 'add-turn-both-families', forWhom: 'either' };
  return { because: 'families', own: ownFamily, oneSided, ...step };
}

/** Nothing else is known to be in the way, and whether the two have a family in common cannot be seen. */
function hiddenFamilies(own: SharedFindings, theirs: SharedFindings): CombinedVerdict | undefined {
  const hiding = whose(mayHaveMoreFamilies, own, theirs);
  const theirFamilies = reach(theirs);
  if (!hiding || reach(own).some((family) => theirFamilies.includes(family))) return undefined;
  return { because: 'families-hidden', whose: hiding, ...forEither(own, theirs, 'add-turn-both-families') };
}

/** What keeps a side from reaching anybody at all, and what it does about it. */
const crippling: readonly {
  readonly because: Blame;
  readonly test: Test;
  readonly todo: (side: SharedFindings) => Todo;
}[] = [
  { because: 'no-addresses', test: isBlind, todo: () => 'show-addresses' },
  { because: 'hides-without-turn', test: isOnlyHiding, todo: ({ turn }) => turnTodo(turn, 'add-turn') },
  { because: 'udp-blocked', test: isBlocked, todo: blockedTodo },
];

/** What keeps two sides from finding each other, if nothing worse does. */
const hindering: typeof crippling = [
  { because: 'servers-silent', test: isSilent, todo: () => 'check-stun' },
  { because: 'no-servers', test: isAlone, todo: () => 'add-stun' },
  { because: 'turn-broken', test: isTurnBroken, todo: ({ turn }) => turnTodo(turn, 'add-turn') },
];

function firstBlame(
  list: typeof crippling,
  own: SharedFindings,
  theirs: SharedFindings | undefined,
): CombinedVerdict | undefined {
  for (const { because, test, todo } of list) {
    const who = whose(test, own, theirs);
    if (who) return { because, whose: who, ...forBlamed(who, todo(own), todo(theirs ?? own)) };
  }
  return undefined;
}

const isCutOff = ({ online, relays: { total, up }, stun, turn }: NetworkFindings): boolean =>
  !online || (total > 0 && up === 0 && stun !== 'answers' && turn !== 'works');

/**
 * The one verdict on a call that failed.
 * @param theirs what the other side told of its network; undefined when nothing came.
 */
export function combinedVerdict(own: NetworkFindings, theirs: SharedFindings | undefined): CombinedVerdict {
  if (!theirs && isCutOff(own)) return { because: 'offline', todo: 'check-internet', forWhom: 'own' };
  if (theirs && hasWay(own, theirs)) return { because: 'passing', todo: 'call-again', forWhom: 'own' };
  const crippled = firstBlame(crippling, own, theirs);
  if (crippled) return crippled;
  const apart = theirs && familyVerdict(own, theirs);
  if (apart) return apart;
  const strict = whose(isStrict, own, theirs);
  if (strict) return { because: 'strict-nat', whose: strict, ...forEither(own, theirs, 'add-turn') };
  const hindered = firstBlame(hindering, own, theirs);
  if (hindered) return hindered;
  if (!theirs) return { because: 'not-own', todo: 'check-internet', forWhom: 'theirs' };
  const hidden = hiddenFamilies(own, theirs);
  if (hidden) return hidden;
  return { because: 'unclear', ...forEither(own, theirs, 'add-turn') };
}

const inSettings: ReadonlySet<Todo> = new Set<Todo>([
  'add-stun',
  'check-stun',
  'add-turn',
  'add-turn-tls',
  'add-turn-both-families',
  'mend-turn-login',
  'mend-turn-address',
  'mend-turn-silence',
  'reach-turn-otherwise',
]);

/** Whether this side can do what is to be done, and does it with the servers of its settings. */
export const isDoneInSettings = ({ todo, forWhom }: CombinedVerdict): boolean =>
  forWhom !== 'theirs' && inSettings.has(todo);
