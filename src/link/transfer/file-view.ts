// A transfer as people see it: made from the state of its machine. Pure.
import { assertNever } from '../../core/base/assert-never.ts';
import { type Incoming, writtenOf } from '../../core/transfer/incoming-file.ts';
import { confirmedOf, type Outgoing } from '../../core/transfer/outgoing-file.ts';
import type { FileView, FileViewState } from './file-state.ts';

function viewState({ state }: Incoming | Outgoing): FileViewState {
  switch (state.state) {
    case 'offered':
    case 'waiting':
    case 'checking':
    case 'damaged':
    case 'declined':
      return state.state;
    case 'comparing':
    case 'opening':
      return 'starting';
    case 'sending':
    case 'receiving':
      return 'moving';
    case 'ending':
      return 'checking';
    case 'verified':
      return 'done';
    case 'paused':
      return state.us ? 'paused-by-us' : 'paused-by-them';
    case 'cancelled':
      if (state.why !== 'stopped') return state.why;
      return state.by === 'us' ? 'stopped-by-us' : 'stopped-by-them';
    default:
      return assertNever(state);
  }
}

export function viewOfIncoming(file: Incoming, participant: string, picture: boolean): FileView {
  const { facts } = file;
  return { facts, participant, direction: 'in', picture, state: viewState(file), done: writtenOf(file) };
}

export function viewOfOutgoing(file: Outgoing, participant: string): FileView {
  const { facts, picture, linked } = file;
  const state = file.state.state === 'offered' && !linked ? 'unsent' : viewState(file);
  return { facts, participant, direction: 'out', picture, state, done: confirmedOf(file) };
}
