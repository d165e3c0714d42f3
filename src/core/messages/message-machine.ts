// A message that was left, as the side that sent it and the side that gets it live it. Pure: a step either changes it or does not; whatever does
// not fit where it stands is no step, so that words may come late, twice or out of order.
//
//   out: draft --sealed--> waiting --they have it--> delivered       draft, waiting --taken back, too old--> over
//   in:  announced --all bytes, right--> arrived --played--> heard   announced --taken back, had elsewhere--> over
//                                                                    any --deleted, too old--> over
import { assertNever } from '../base/assert-never.ts';
import { messageLifeMs } from './announced.ts';
import type { LeftMessage, ReceivedMessage, SentMessage } from './left-message.ts';

export type MessageEvent =
  /** Out: it was sealed, and can be sent. */
  | { readonly event: 'sealed'; readonly sealed: Pick<SentMessage, 'seconds' | 'size' | 'hash' | 'key'> }
  /** Out: the other side has all of it. */
  | { readonly event: 'delivered' }
  /** In: all of it is here, and it is what was told. */
  | { readonly event: 'arrived' }
  | { readonly event: 'heard' }
  /** In: they say that it waits no longer. */
  | { readonly event: 'not-waiting' }
  /** A person takes it back, or deletes it. */
  | { readonly event: 'deleted' }
  | { readonly event: 'time' };

/** @returns the same object where nothing has changed. */
export function stepMessage(message: LeftMessage, event: MessageEvent, now: number): LeftMessage {
  if (event.event === 'time') return isTooOld(message, now) ? over(message, now) : message;
  if (event.event === 'deleted') return message.state === 'over' ? message : over(message, now);
  return message.direction === 'out' ? stepSent(message, event, now) : stepReceived(message, event, now);
}

type Told = Exclude<MessageEvent, { readonly event: 'time' | 'deleted' }>;

function stepSent(message: SentMessage, event: Told, now: number): LeftMessage {
  switch (event.event) {
    case 'sealed':
      return message.state === 'draft' ? { ...message, ...event.sealed, state: 'waiting', since: now } : message;
    case 'delivered':
      return message.state === 'waiting' ? { ...message, ...noSecrets, state: 'delivered', since: now } : message;
    case 'arrived':
    case 'heard':
    case 'not-waiting':
      return message;
    default:
      return assertNever(event);
  }
}

function stepReceived(message: ReceivedMessage, event: Told, now: number): LeftMessage {
  switch (event.event) {
    case 'arrived':
      return message.state === 'announced' ? { ...message, state: 'arrived', since: now } : message;
    case 'heard':
      // It stays as long as it would have.
      return message.state === 'arrived' ? { ...message, state: 'heard' } : message;
    case 'not-waiting':
      return message.state === 'announced' ? over(message, now) : message;
    case 'sealed':
    case 'delivered':
      return message;
    default:
      return assertNever(event);
  }
}

/** What lets nobody read it any more. */
const noSecrets = { hash: '', key: '' } as const;

function over(message: LeftMessage, now: number): LeftMessage {
  return { ...message, ...noSecrets, state: 'over', since: now };
}

/** What waits counts from its call on, what came from when it came. What is done is forgotten elsewhere. */
function isTooOld({ state, at, since }: LeftMessage, now: number): boolean {
  if (state === 'over' || state === 'delivered') return false;
  return now - (state === 'arrived' || state === 'heard' ? since : at) >= messageLifeMs;
}
