// The page of a trial call in each of its states that no other call has.
import type { CallPhase } from '../../call/model/person-model.ts';
import type { TrialSide } from '../../trial/trial-page.tsx';
import type { TrialPart } from '../../trial/window-talk.ts';

export interface TrialState {
  readonly side: TrialSide;
  readonly phase: CallPhase;
  readonly arrived?: readonly TrialPart[];
}

const over = (
  side: TrialSide,
  reason: Extract<CallPhase, { phase: 'ended' }>['reason'],
  durationMs = 0,
): TrialState => ({
  side,
  phase: { phase: 'ended', reason, durationMs },
});

export const trialStates: Readonly<Record<string, TrialState>> = {
  'trial-before': { side: 'first', phase: { phase: 'before' } },
  'trial-ringing': { side: 'first', phase: { phase: 'ringing' } },
  'trial-incoming': { side: 'second', phase: { phase: 'incoming' } },
  'trial-over': { ...over('first', 'hung-up', 74_000), arrived: ['camera', 'microphone', 'chat'] },
  'trial-over-nothing': over('first', 'hung-up', 4_000),
  'trial-declined': over('first', 'declined'),
  'trial-failed': over('first', 'connection-failed'),
  'trial-second-over': over('second', 'remote-hung-up', 74_000),
  'trial-orphan': { side: 'orphan', phase: { phase: 'loading' } },
};
