// One file on its way out, as its sender lives it. Pure: effects are data. Every start goes by the same three words, so that it does not
// matter what was lost before: offer, accept(from), bytes from there.
//
//   offered --accept--> [comparing] --> sending --all sent--> ending --verdict--> verified | damaged
//   any --link lost--> waiting --link back: offer--> ...        any --pause--> paused --resume: offer--> waiting
//   any --cancel--> cancelled              offered --decline--> declined
import { assertNever } from '../base/assert-never.ts';
import { type CancelReason, type FileFacts, type FileWord, isBlockBorder } from './file-message.ts';

type OutgoingState =
  /** Nobody has said yes. */
  | { readonly state: 'offered' }
  /** Once said yes to: the link is away, or it was offered again and the answer is on its way. */
  | { readonly state: 'waiting'; readonly confirmed: number }
  /** The receiver has a beginning: is it ours? */
  | { readonly state: 'comparing'; readonly from: number; readonly confirmed: number }
  /** `next` is the first byte that is not sent, `confirmed` the first that is not written down there. */
  | { readonly state: 'sending'; readonly next: number; readonly confirmed: number }
  | { readonly state: 'ending'; readonly confirmed: number }
  | { readonly state: 'paused'; readonly us: boolean; readonly them: boolean; readonly confirmed: number }
  | { readonly state: 'verified' }
  | { readonly state: 'damaged' }
  | { readonly state: 'declined' }
  | { readonly state: 'cancelled'; readonly by: 'us' | 'them'; readonly why: CancelReason };

export interface Outgoing {
  readonly facts: FileFacts;
  readonly picture: boolean;
  readonly linked: boolean;
  /** What the receiver had was not the beginning of this file: from the first byte, then. */
  readonly fresh: boolean;
  readonly state: OutgoingState;
}

export type OutgoingEvent =
  | { readonly event: 'linked' }
  | { readonly event: 'unlinked' }
  | { readonly event: 'heard'; readonly word: FileWord }
  /** Whether our first bytes have the hash that the receiver told. */
  | { readonly event: 'compared'; readonly same: boolean }
  | { readonly event: 'sent'; readonly length: number }
  /** The hash of the whole file. */
  | { readonly event: 'hashed'; readonly hash: string }
  | { readonly event: 'pause' }
  | { readonly event: 'resume' }
  | { readonly event: 'cancel' }
  /** The file cannot be read any more: moved, changed, on a stick that was pulled. */
  | { readonly event: 'source-failed' };

export type OutgoingEffect =
  | { readonly effect: 'say'; readonly word: FileWord }
  | { readonly effect: 'compare'; readonly from: number; readonly head: string }
  /** Bytes go out from here on, until `stop`. */
  | { readonly effect: 'send'; readonly from: number }
  | { readonly effect: 'stop' }
  | { readonly effect: 'hash' };

export interface OutgoingStep {
  readonly file: Outgoing;
  readonly effects: readonly OutgoingEffect[];
}

const say = (word: FileWord): OutgoingEffect => ({ effect: 'say', word });
const stop: OutgoingEffect = { effect: 'stop' };

function offerOf({ facts, picture, fresh }: Outgoing): OutgoingEffect {
  return say({ t: 'offer', ...facts, picture, fresh });
}

/** A file is offered: at once, or as soon as there is a link. */
export function offerFile(facts: FileFacts, picture: boolean, linked: boolean): OutgoingStep {
  const file: Outgoing = { facts, picture, linked, fresh: false, state: { state: 'offered' } };
  return { file, effects: linked ? [offerOf(file)] : [] };
}

/** Nothing more will come of it. */
export function isOutgoingOver({ state }: Outgoing): boolean {
  return (
    state.state === 'verified' || state.state === 'damaged' || state.state === 'declined' || state.state === 'cancelled'
  );
}

/** How many bytes the receiver is known to have. */
export function confirmedOf({ facts, state }: Outgoing): number {
  if (state.state === 'verified') return facts.size;
  return 'confirmed' in state ? state.confirmed : 0;
}

export function stepOutgoing(file: Outgoing, event: OutgoingEvent): OutgoingStep {
  const same: OutgoingStep = { file, effects: [] };
  const { state, facts } = file;
  const confirmed = confirmedOf(file);
  switch (event.event) {
    case 'linked':
      return linked({ ...file, linked: true });
    case 'unlinked':
      if (state.state !== 'comparing' && state.state !== 'sending' && state.state !== 'ending')
        return to({ ...file, linked: false }, state);
      return to({ ...file, linked: false }, { state: 'waiting', confirmed }, stop);
    case 'heard':
      return isOutgoingOver(file) ? afterwards(file, event.word) : heard(file, event.word);
    case 'compared':
      if (state.state !== 'comparing') return same;
      return event.same ? sendFrom(file, state.from) : askAgain({ ...file, fresh: true });
    case 'sent': {
      if (state.state !== 'sending') return same;
      const next = state.next + event.length;
      if (next < facts.size) return to(file, { ...state, next });
      return to(file, { state: 'ending', confirmed }, stop, { effect: 'hash' });
    }
    case 'hashed':
      return state.state === 'ending' ? to(file, state, say({ t: 'end', id: facts.id, hash: event.hash })) : same;
    case 'pause':
      if (isOutgoingOver(file) || state.state === 'offered') return same;
      return paused(file, { us: true });
    case 'resume':
      if (state.state !== 'paused' || !state.us) return same;
      // A receiver that has paused as well answers the offer with that.
      return state.them ? to(file, { ...state, us: false }, ...(file.linked ? [offerOf(file)] : [])) : askAgain(file);
    case 'cancel':
      return isOutgoingOver(file) ? same : cancelled(file, 'stopped');
    case 'source-failed':
      return isOutgoingOver(file) ? same : cancelled(file, 'source');
    default:
      return assertNever(event);
  }
}

function to(file: Outgoing, state: OutgoingState, ...effects: readonly OutgoingEffect[]): OutgoingStep {
  return { file: { ...file, state }, effects };
}

function cancelled(file: Outgoing, why: CancelReason): OutgoingStep {
  const word = say({ t: 'cancel', id: file.facts.id, why });
  return to(file, { state: 'cancelled', by: 'us', why }, stop, ...(file.linked ? [word] : []));
}

/** Offered again to somebody who has said yes: the answer tells from where. */
function askAgain(file: Outgoing): OutgoingStep {
  return to(file, { state: 'waiting', confirmed: confirmedOf(file) }, stop, ...(file.linked ? [offerOf(file)] : []));
}

function paused(file: Outgoing, who: { readonly us?: true; readonly them?: true }): OutgoingStep {
  const before = file.state.state === 'paused' ? file.state : { us: false, them: false };
  const state = { us: before.us, them: before.them, ...who, state: 'paused', confirmed: confirmedOf(file) } as const;
  const word = say({ t: 'pause', id: file.facts.id });
  return to(file, state, stop, ...(who.us && file.linked ? [word] : []));
}

/** What was said before the link was there may be lost: what matters is said again. */
function linked(file: Outgoing): OutgoingStep {
  const { state, facts } = file;
  switch (state.state) {
    case 'offered':
      return to(file, state, offerOf(file));
    case 'paused':
      if (state.us) return to(file, state, say({ t: 'pause', id: facts.id }));
      return askAgain(file);
    case 'cancelled':
      return to(file, state, ...(state.by === 'us' ? [say({ t: 'cancel', id: facts.id, why: state.why })] : []));
    case 'waiting':
    case 'comparing':
    case 'sending':
    case 'ending':
      return askAgain(file);
    case 'verified':
    case 'damaged':
    case 'declined':
      return to(file, state);
    default:
      return assertNever(state);
  }
}

function heard(file: Outgoing, word: FileWord): OutgoingStep {
  const { state, facts } = file;
  const same: OutgoingStep = { file, effects: [] };
  switch (word.t) {
    case 'accept':
      if (state.state === 'paused' && state.us) return to(file, state, say({ t: 'pause', id: facts.id }));
      return accepted(file, word.from, word.head);
    case 'decline':
      return state.state === 'offered' ? to(file, { state: 'declined' }, stop) : same;
    case 'pause':
      return paused(file, { them: true });
    case 'progress':
      if (!('confirmed' in state)) return same;
      if (word.at > facts.size || (state.state === 'sending' && word.at > state.next)) return same;
      return to(file, { ...state, confirmed: Math.max(state.confirmed, word.at) });
    case 'verdict':
      if (state.state === 'offered') return same;
      return to(file, { state: word.same ? 'verified' : 'damaged' }, stop);
    case 'cancel':
      return to(file, { state: 'cancelled', by: 'them', why: word.why }, stop);
    case 'wanted':
      // Offered over this link already: the answer is on its way.
      if (state.state === 'offered' || state.state === 'waiting') return same;
      if (state.state === 'paused' && state.us)
        return to(file, { ...state, them: false }, say({ t: 'pause', id: facts.id }));
      return askAgain(file);
    case 'offer':
    case 'end':
      return same;
    default:
      return assertNever(word);
  }
}

/** Somebody still asks for a file that is over here. */
function afterwards(file: Outgoing, word: FileWord): OutgoingStep {
  const { state, facts } = file;
  if (word.t !== 'wanted' && word.t !== 'accept') return { file, effects: [] };
  const why = state.state === 'cancelled' ? state.why : 'stopped';
  return to(file, state, say({ t: 'cancel', id: facts.id, why }));
}

function accepted(file: Outgoing, from: number, head: string): OutgoingStep {
  const { size } = file.facts;
  // Twice no beginning of ours, or no place where one could go on.
  if (!isBlockBorder(from, size) || (file.fresh && from > 0)) return cancelled(file, 'broken');
  if (from === 0) return sendFrom({ ...file, fresh: false }, 0);
  const comparing = { state: 'comparing', from, confirmed: from } as const;
  return to(file, comparing, stop, { effect: 'compare', from, head });
}

function sendFrom(file: Outgoing, from: number): OutgoingStep {
  if (from === file.facts.size) return to(file, { state: 'ending', confirmed: from }, stop, { effect: 'hash' });
  return to(file, { state: 'sending', next: from, confirmed: from }, { effect: 'send', from });
}
