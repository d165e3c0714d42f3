// After the call: why it ended, in a sentence, what to do about it, and how long it was.
import { Phone } from 'lucide-preact';
import { text } from '../platform/text.ts';
import { clockText } from '../ui/duration.ts';
import { Avatar } from './avatar.tsx';
import type { CallActions, CallPhase } from './call-model.ts';
import { endReasonTexts } from './end-reason-texts.ts';
import { ViewHeading } from './view-heading.tsx';

interface Props {
  readonly name: string;
  readonly phase: Extract<CallPhase, { phase: 'ended' }>;
  readonly actions: CallActions;
}

export function EndedView({ name, phase, actions }: Props) {
  const { sentence, advice } = endReasonTexts[phase.reason];
  const isAlarm = phase.reason === 'words-different' || phase.reason === 'security-check-failed';
  return (
    <main class="call-sheet ended-sheet">
      <Avatar name={name} />
      <ViewHeading>{text(sentence, name)}</ViewHeading>
      {phase.durationMs > 0 && <p class="ended-duration">{text('callDuration', clockText(phase.durationMs))}</p>}
      <p class={isAlarm ? 'problem' : 'ended-advice'}>
        {text(phase.noteLeft && phase.reason === 'cancelled' ? 'callNoteLeft' : advice, name)}
      </p>
      {phase.noteLeft && phase.reason !== 'cancelled' && <p class="ended-advice">{text('callNoteLeft', name)}</p>}
      <div class="sheet-actions">
        {phase.reason === 'cannot-hide-address' && (
          <button type="button" class="button large primary" onClick={() => actions.openSettings('network')}>
            {text('callNetworkSettings')}
          </button>
        )}
        <button
          type="button"
          class={`button large${isAlarm || phase.reason === 'cannot-hide-address' ? '' : ' primary'}`}
          onClick={() => actions.callAgain()}
        >
          <Phone size={20} aria-hidden="true" />
          {text('callAgain')}
        </button>
        <button type="button" class={`button large${isAlarm ? ' primary' : ''}`} onClick={() => actions.close()}>
          {text('callClose')}
        </button>
      </div>
    </main>
  );
}
