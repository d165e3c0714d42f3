// The text keys for everything that the self-test can say: each verdict, what to do about it, each finding. Closed lists, so that a
// new word of core does not compile without its sentence.

import type { CheckStep } from '../core/network/check-steps.ts';
import type { Blame, CombinedVerdict, Whose } from '../core/network/combined-verdict.ts';
import type { Finding, FindingRow, OwnVerdictName, Todo } from '../core/network/own-verdict.ts';
import type { TextAfter, TextBefore, TextKey } from '../ui/texts/text-key.ts';

export const stepKeys: Record<CheckStep, TextKey> = {
  relays: 'connectivityStepRelays',
  'way-out': 'connectivityStepWayOut',
  turn: 'connectivityStepTurn',
};

export const ownVerdictKeys: Record<OwnVerdictName, TextKey> = {
  offline: 'connectivityOffline',
  'no-relays': 'connectivityNoRelays',
  'captive-portal': 'connectivityCaptivePortal',
  'clock-wrong': 'connectivityClockWrong',
  'relays-down': 'connectivityRelaysDown',
  'calls-off': 'connectivityCallsOff',
  'no-addresses': 'connectivityNoAddressesOwn',
  'hides-without-turn': 'connectivityHidesWithoutTurnOwn',
  'udp-blocked': 'connectivityUdpBlockedOwn',
  'strict-nat': 'connectivityStrictNatOwn',
  'turn-broken': 'connectivityTurnBrokenOwn',
  'servers-silent': 'connectivityServersSilentOwn',
  'no-servers': 'connectivityNoServersOwn',
  'works-by-turn': 'connectivityWorksByTurn',
  'works-directly': 'connectivityWorksDirectly',
  'works-unsure': 'connectivityWorksUnsure',
};

type ForEach = TextBefore<'Own'> & TextBefore<'Theirs'> & TextBefore<'Both'>;

const forEach = (key: ForEach): Record<Whose, TextKey> => ({
  own: `${key}Own`,
  theirs: `${key}Theirs`,
  both: `${key}Both`,
});

export const blameKeys: Record<Blame, Record<Whose, TextKey>> = {
  'no-addresses': forEach('connectivityCallNoAddresses'),
  'hides-without-turn': forEach('connectivityCallHides'),
  'udp-blocked': forEach('connectivityCallUdpBlocked'),
  'strict-nat': forEach('connectivityCallStrictNat'),
  'servers-silent': forEach('connectivityCallServersSilent'),
  'no-servers': forEach('connectivityCallNoServers'),
  'turn-broken': forEach('connectivityCallTurnBroken'),
  'families-hidden': forEach('connectivityCallFamiliesHidden'),
};

/** By the family of the own side, then by whose TURN server serves one side only. */
export const familyKeys: Record<'ipv4' | 'ipv6', Record<Whose | 'nobody', TextKey>> = {
  ipv4: { nobody: 'connectivityCallFamilies4', ...forEach('connectivityCallFamilies4') },
  ipv6: { nobody: 'connectivityCallFamilies6', ...forEach('connectivityCallFamilies6') },
};

export const otherReasonKeys: Record<Exclude<CombinedVerdict['because'], Blame | 'families'>, TextKey> = {
  offline: 'connectivityCallOffline',
  'not-own': 'connectivityCallNotOwn',
  passing: 'connectivityCallPassing',
  unclear: 'connectivityCallUnclear',
};

export const todoKeys: Record<Exclude<Todo, 'nothing'>, TextKey> = {
  'call-again': 'connectivityTodoCallAgain',
  'check-internet': 'connectivityTodoCheckInternet',
  'add-relay': 'connectivityTodoAddRelay',
  'check-relays': 'connectivityTodoCheckRelays',
  'log-in': 'connectivityTodoLogIn',
  'set-clock': 'connectivityTodoSetClock',
  'switch-calls-on': 'connectivityTodoSwitchCallsOn',
  'show-addresses': 'connectivityTodoShowAddresses',
  'add-stun': 'connectivityTodoAddStun',
  'check-stun': 'connectivityTodoCheckStun',
  'add-turn': 'connectivityTodoAddTurn',
  'add-turn-tls': 'connectivityTodoAddTurnTls',
  'add-turn-both-families': 'connectivityTodoAddTurnBothFamilies',
  'mend-turn-login': 'connectivityTodoMendTurnLogin',
  'mend-turn-address': 'connectivityTodoMendTurnAddress',
  'mend-turn-silence': 'connectivityTodoMendTurnSilence',
  'reach-turn-otherwise': 'connectivityTodoReachTurnOtherwise',
  'check-overlay': 'connectivityTodoCheckOverlay',
};

interface FindingTexts {
  readonly topic: TextKey;
  readonly sentence: TextKey;
  /** What to do about it where it is not good. */
  readonly todo?: Exclude<Todo, 'nothing'>;
}

const about = (
  topic: TextAfter<'connectivityTopic'>,
  sentence: TextAfter<'connectivity'>,
  todo?: FindingTexts['todo'],
): FindingTexts => ({
  topic: `connectivityTopic${topic}`,
  sentence: `connectivity${sentence}`,
  ...(todo ? { todo } : {}),
});

export const findingTexts: Record<Finding, FindingTexts> = {
  'relays-all': about('Relays', 'RelaysAll'),
  'relays-some': about('Relays', 'RelaysSome'),
  'relays-down': about('Relays', 'RelaysNone', 'check-relays'),
  'relays-portal': about('Relays', 'RelaysPortal', 'log-in'),
  'relays-clock': about('Relays', 'RelaysClock', 'set-clock'),
  'relays-unset': about('Relays', 'RelaysUnset', 'add-relay'),
  'udp-works': about('Udp', 'UdpWorks'),
  'udp-blocked': about('Udp', 'UdpBlocked', 'add-turn-tls'),
  'udp-silent': about('Udp', 'UdpSilent', 'check-stun'),
  'udp-untested': about('Udp', 'UdpUntested'),
  'nat-none': about('Nat', 'NatNone'),
  'nat-address-independent': about('Nat', 'NatIndependent'),
  'nat-address-dependent': about('Nat', 'NatDependent', 'add-turn'),
  'nat-unknown': about('Nat', 'NatUnknown'),
  'turn-works': about('Turn', 'TurnWorks'),
  'turn-some': about('Turn', 'TurnSome'),
  'turn-unset': about('Turn', 'TurnUnset'),
  'turn-refused': about('Turn', 'TurnRefused', 'mend-turn-login'),
  'turn-unreachable': about('Turn', 'TurnUnreachable', 'mend-turn-address'),
  'turn-silent': about('Turn', 'TurnSilent', 'mend-turn-silence'),
  'families-both': about('Families', 'FamiliesBoth'),
  'families-ipv4': about('Families', 'Families4'),
  'families-ipv6': about('Families', 'Families6'),
  'families-unknown': about('Families', 'FamiliesUnknown'),
  'families-hidden': about('Families', 'FamiliesHidden'),
  'families-ipv4-seen': about('Families', 'Families4Seen'),
  'families-ipv6-seen': about('Families', 'Families6Seen'),
  'overlay-none': about('Overlay', 'OverlayNone'),
  'overlay-yggdrasil': about('Overlay', 'OverlayYggdrasil'),
  'overlay-mycelium': about('Overlay', 'OverlayMycelium'),
  'overlay-both': about('Overlay', 'OverlayBoth'),
  'addresses-open': about('Addresses', 'AddressesOpen'),
  'addresses-names': about('Addresses', 'AddressesNames'),
  'addresses-hidden': about('Addresses', 'AddressesHidden', 'show-addresses'),
  'addresses-none': about('Addresses', 'AddressesNone', 'show-addresses'),
  'addresses-off': about('Addresses', 'AddressesOff', 'switch-calls-on'),
  'addresses-unseen': about('Addresses', 'AddressesUnseen'),
};

/** In a word, for whoever does not see the mark. */
export const gradeKeys: Record<FindingRow['grade'], TextKey> = {
  good: 'connectivityGradeGood',
  fair: 'connectivityGradeFair',
  bad: 'connectivityGradeBad',
  neutral: 'connectivityGradeNeutral',
};
