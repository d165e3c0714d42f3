// One file on its way in, as its receiver lives it. Pure: effects are data. Nothing is written before a person said yes, and what is
// written is believed only once its hash is the one that the sender told.
//
//   offered --yes--> opening --room is made--> receiving --all written, end told--> checking --> verified | damaged
//   any --link lost--> waiting --link back: wanted, offer--> opening         any --pause--> paused --resume: wanted--> waiting
//   any --cancel, no room--> cancelled        offered --no--> declined
import { assertNever } from '../base/assert-never.ts';
import { type CancelReason, type FileFacts, type FileWord, windowLength } from './file-message.ts';

/** `next` is the first byte that has not come (undefined: none is expected), `written` the first that is not on the disk. */
interface Coming {
  readonly next: number | undefined;
  readonly written: number;
  /** The hash that the sender told at its end. */
  readonly end: string | undefined;
}

type IncomingState =
  | { readonly state: 'offered' }
  /** Said yes: room is being made, or what is here already is looked at. */
  | { readonly state: 'opening'; readonly written: number }
  | ({ readonly state: 'receiving' } & Coming)
  /** Said yes, and the sender is away. */
  | { readonly state: 'waiting'; readonly written: number }
  | ({ readonly state: 'paused'; readonly us: boolean; readonly them: boolean } & Coming)
  | { readonly state: 'checking' }
  | { readonly state: 'verified' }
  | { readonly state: 'damaged' }
  | { readonly state: 'declined' }
  | { readonly state: 'cancelled'; readonly by: 'us' | 'them'; readonly why: CancelReason };

export interface Incoming {
  readonly facts: FileFacts;
  readonly linked: boolean;
  readonly state: IncomingState;
}

export type IncomingEvent =
  | { readonly event: 'linked' }
  | { readonly event: 'unlinked' }
  | { readonly event: 'heard'; readonly word: FileWord }
  | { readonly event: 'frame'; readonly offset: number; readonly length: number }
  /** So much is here already, with this hash. */
  | { readonly event: 'opened'; readonly at: number; readonly head: string }
  | { readonly event: 'written'; readonly at: number }
  | { readonly event: 'checked'; readonly same: boolean }
  | { readonly event: 'store-failed'; readonly why: 'no-room' | 'storage' }
  | { readonly event: 'accept' }
  | { readonly event: 'decline' }
  | { readonly event: 'pause' }
  | { readonly event: 'resume' }
  | { readonly event: 'cancel' };

export type IncomingEffect =
  | { readonly effect: 'say'; readonly word: FileWord }
  /** Make room, or find what is here; `fresh`: throw that away first. Bytes that came and are not written count as lost. */
  | { readonly effect: 'open'; readonly fresh: boolean }
  /** Take the frame, but for its first bytes. */
  | { readonly effect: 'take'; readonly skip: number }
  /** Compare what is written with this hash. */
  | { readonly effect: 'check'; readonly hash: string }
  | { readonly effect: 'keep' }
  | { readonly effect: 'discard' };

export interface IncomingStep {
  readonly file: Incoming;
  readonly effects: readonly IncomingEffect[];
}

const say = (word: FileWord): IncomingEffect => ({ effect: 'say', word });

/** Somebody offers a file. Nothing happens until a person says yes. */
export function hearOffer(facts: FileFacts): Incoming {
  return { facts, linked: true, state: { state: 'offered' } };
}

/** What is left of an earlier page: accepted then, and not whole, or whole and not saved. */
export function keptFile(facts: FileFacts, written: number, verified: boolean): Incoming {
  return { facts, linked: false, state: verified ? { state: 'verified' } : { state: 'waiting', written } };
}

export function isIncomingOver({ state }: Incoming): boolean {
  return (
    state.state === 'verified' || state.state === 'damaged' || state.state === 'declined' || state.state === 'cancelled'
  );
}

/** How many bytes are written down. */
export function writtenOf({ facts, state }: Incoming): number {
  if (state.state === 'verified' || state.state === 'checking') return facts.size;
  return 'written' in state ? state.written : 0;
}

export function stepIncoming(file: Incoming, event: IncomingEvent): IncomingStep {
  const same: IncomingStep = { file, effects: [] };
  const { state, facts } = file;
  switch (event.event) {
    case 'linked':
      return linked({ ...file, linked: true });
    case 'unlinked':
      return unlinked({ ...file, linked: false });
    case 'heard':
      return heard(file, event.word);
    case 'frame':
      return frame(file, event.offset, event.length);
    case 'opened':
      return opened(file, event.at, event.head);
    case 'written':
      if (!('written' in state)) return same;
      return finishIfWhole(
        to(file, { ...state, written: Math.max(state.written, event.at) }, ...progress(file, event.at)),
      );
    case 'checked':
      if (state.state !== 'checking') return same;
      return to(
        file,
        { state: event.same ? 'verified' : 'damaged' },
        { effect: event.same ? 'keep' : 'discard' },
        ...(file.linked ? [say({ t: 'verdict', id: facts.id, same: event.same })] : []),
      );
    case 'store-failed':
      return isIncomingOver(file) || state.state === 'offered' ? same : cancelled(file, event.why);
    case 'accept':
      return state.state === 'offered' ? open(file, true) : same;
    case 'decline':
      if (state.state !== 'offered') return same;
      return to(file, { state: 'declined' }, ...(file.linked ? [say({ t: 'decline', id: facts.id })] : []));
    case 'pause':
      if (isIncomingOver(file) || state.state === 'offered' || state.state === 'checking') return same;
      return paused(file, { us: true });
    case 'resume':
      if (state.state !== 'paused' || !state.us) return same;
      return askAgain(file, state.them ? { ...state, us: false } : { state: 'waiting', written: state.written });
    case 'cancel':
      if (isIncomingOver(file) || state.state === 'offered') return same;
      return cancelled(file, 'stopped');
    default:
      return assertNever(event);
  }
}

function to(file: Incoming, state: IncomingState, ...effects: readonly IncomingEffect[]): IncomingStep {
  return { file: { ...file, state }, effects };
}

function cancelled(file: Incoming, why: CancelReason): IncomingStep {
  const word = say({ t: 'cancel', id: file.facts.id, why });
  const discard = { effect: 'discard' } as const;
  return to(file, { state: 'cancelled', by: 'us', why }, discard, ...(file.linked ? [word] : []));
}

function open(file: Incoming, fresh: boolean): IncomingStep {
  return to(file, { state: 'opening', written: fresh ? 0 : writtenOf(file) }, { effect: 'open', fresh });
}

function opened(file: Incoming, at: number, head: string): IncomingStep {
  const { state, facts, linked: isLinked } = file;
  if (state.state !== 'opening') return { file, effects: [] };
  if (!isLinked) return to(file, { state: 'waiting', written: at });
  const receiving = { state: 'receiving', next: at, written: at, end: undefined } as const;
  return to(file, receiving, say({ t: 'accept', id: facts.id, from: at, head }));
}

function paused(file: Incoming, who: { readonly us?: true; readonly them?: true }): IncomingStep {
  const { state } = file;
  const before = state.state === 'paused' ? state : { us: false, them: false };
  const coming =
    state.state === 'receiving' || state.state === 'paused'
      ? { next: state.next, written: state.written, end: state.end }
      : { next: undefined, written: writtenOf(file), end: undefined };
  const word = say({ t: 'pause', id: file.facts.id });
  const next: IncomingState = { state: 'paused', us: before.us, them: before.them, ...who, ...coming };
  return to(file, next, ...(who.us && file.linked ? [word] : []));
}

function askAgain(file: Incoming, state: IncomingState): IncomingStep {
  const word = say({ t: 'wanted', ...file.facts, at: writtenOf(file) });
  return to(file, state, ...(file.linked ? [word] : []));
}

function progress(file: Incoming, at: number): readonly IncomingEffect[] {
  return file.linked ? [say({ t: 'progress', id: file.facts.id, at })] : [];
}

/** All bytes are on the disk and the sender told their hash. */
function finishIfWhole(step: IncomingStep): IncomingStep {
  const { file, effects } = step;
  const { state, facts } = file;
  if ((state.state !== 'receiving' && state.state !== 'paused') || !state.end || state.written < facts.size)
    return step;
  return to(file, { state: 'checking' }, ...effects, { effect: 'check', hash: state.end });
}

function linked(file: Incoming): IncomingStep {
  const { state, facts } = file;
  if (state.state === 'waiting') return askAgain(file, state);
  if (state.state === 'cancelled' && state.by === 'us')
    return to(file, state, say({ t: 'cancel', id: facts.id, why: state.why }));
  return to(file, state);
}

function unlinked(file: Incoming): IncomingStep {
  const { state } = file;
  if (state.state === 'receiving') return to(file, { state: 'waiting', written: state.written });
  // What was under way is lost with the link; the sender will say where it stands.
  if (state.state === 'paused') return to(file, { ...state, next: undefined, end: undefined });
  return to(file, state);
}

function heard(file: Incoming, word: FileWord): IncomingStep {
  const { state, facts } = file;
  const same: IncomingStep = { file, effects: [] };
  switch (word.t) {
    case 'offer':
      if (word.size !== facts.size) return isIncomingOver(file) ? same : cancelled(file, 'broken');
      return offeredAgain(file, word.fresh);
    case 'pause':
      if (
        state.state === 'receiving' ||
        state.state === 'opening' ||
        state.state === 'waiting' ||
        state.state === 'paused'
      )
        return paused(file, { them: true });
      // It did not hear how this ended.
      return isIncomingOver(file) ? offeredAgain(file, false) : same;
    case 'end':
      if (state.state !== 'receiving' && state.state !== 'paused') return same;
      return finishIfWhole(to(file, { ...state, end: word.hash }));
    case 'cancel':
      if (isIncomingOver(file)) return same;
      return to(
        file,
        { state: 'cancelled', by: 'them', why: word.why },
        ...(state.state === 'offered' ? [] : [{ effect: 'discard' } as const]),
      );
    case 'accept':
    case 'decline':
    case 'progress':
    case 'verdict':
    case 'wanted':
      return same;
    default:
      return assertNever(word);
  }
}

/** The sender begins, goes on, or did not hear our last word. */
function offeredAgain(file: Incoming, fresh: boolean): IncomingStep {
  const { state, facts } = file;
  switch (state.state) {
    case 'receiving':
    case 'waiting':
      return open(file, fresh);
    case 'paused':
      if (state.us) return to(file, { ...state, them: false }, say({ t: 'pause', id: facts.id }));
      return open(file, fresh);
    case 'verified':
    case 'damaged':
      return to(file, state, say({ t: 'verdict', id: facts.id, same: state.state === 'verified' }));
    case 'declined':
      return to(file, state, say({ t: 'decline', id: facts.id }));
    case 'cancelled':
      return to(file, state, say({ t: 'cancel', id: facts.id, why: state.why }));
    case 'offered':
    case 'opening':
    case 'checking':
      return to(file, state);
    default:
      return assertNever(state);
  }
}

function frame(file: Incoming, offset: number, length: number): IncomingStep {
  const { state, facts } = file;
  const same: IncomingStep = { file, effects: [] };
  if (state.state !== 'receiving' && state.state !== 'paused') return same;
  const { next, written } = state;
  const end = offset + length;
  // Bytes from before the last accept are still under way: what came already, or what will come again.
  if (next === undefined || offset > next || end <= next) return same;
  if (end > facts.size || end - written > 2 * windowLength) return cancelled(file, 'broken');
  return to(file, { ...state, next: end }, { effect: 'take', skip: next - offset });
}
