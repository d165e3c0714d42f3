// Who takes which signal, by its word and by where it came in. What stands in no row is nobody's: it belongs to the call pages, which hear it
// on topics of their own.

import type { OwnWord } from '../core/devices/own-word.ts';
import type { InboxKind } from '../core/identity/inboxes.ts';
import type { Signal, SignalOf } from '../core/signaling/signal.ts';

/** An inbox of ours (of the link, or kept for one contact), the inbox of guests, the one of the own devices, or the topic of a ring. */
type Place = 'inbox' | 'guests' | 'own' | 'ring';

type Taker = 'rings' | 'knocks' | 'notes' | 'devices' | 'moves';

const takers: Readonly<Record<(Signal | OwnWord)['t'], Readonly<Partial<Record<Place, Taker>>>>> = {
  invite: { inbox: 'rings', guests: 'knocks' },
  alive: { inbox: 'rings', ring: 'rings' },
  cancel: { inbox: 'rings', ring: 'rings', guests: 'knocks' },
  taken: { inbox: 'rings', ring: 'rings' },
  missed: { inbox: 'notes', guests: 'notes' },
  noted: {},
  meet: {},
  where: { own: 'devices' },
  known: { own: 'devices' },
  here: { own: 'devices' },
  news: { own: 'devices' },
  want: { own: 'devices' },
  entries: { own: 'devices' },
  move: { own: 'moves' },
  ringing: {},
  shown: {},
  accept: {},
  answer: {},
  decline: {},
  busy: {},
  description: {},
  candidates: {},
  findings: {},
  bye: {},
};

export interface SignalTakers {
  /** `isInbox`: it came to an inbox, where calls begin. */
  readonly rings: {
    receive(senderId: string, signal: Signal, isInbox: boolean, isQuantumSafe?: true): Promise<void>;
  };
  readonly knocks: { receive(senderId: string, signal: Signal, door: string): Promise<void> };
  readonly notes: { receive(senderId: string, note: SignalOf<'missed'>, inbox: InboxKind): Promise<void> };
  readonly devices: { receive(word: Signal | OwnWord): Promise<void> };
  readonly moves: { receive(move: SignalOf<'move'>): Promise<void> };
}

/**
 * Hands an authentic signal to whoever takes it. @param inbox where it came to; undefined for the topic of a ring. @param door which of the inboxes
 * for guests.
 */
export async function routeSignal(
  { rings, knocks, notes, devices, moves }: SignalTakers,
  senderId: string,
  word: Signal | OwnWord,
  inbox: InboxKind | undefined,
  door = '',
  isQuantumSafe?: true,
): Promise<void> {
  const place: Place = inbox === undefined ? 'ring' : inbox === 'guests' || inbox === 'own' ? inbox : 'inbox';
  const taker = takers[word.t][place];
  if (taker === 'devices') return devices.receive(word);
  // Nobody else is given words of own devices.
  const signal = word as Signal;
  if (taker === 'rings') await rings.receive(senderId, signal, inbox !== undefined, isQuantumSafe);
  else if (taker === 'knocks') await knocks.receive(senderId, signal, door);
  else if (signal.t === 'move' && taker === 'moves') await moves.receive(signal);
  else if (taker === 'notes' && signal.t === 'missed' && inbox) await notes.receive(senderId, signal, inbox);
}
