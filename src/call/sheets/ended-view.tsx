// After the call: why it ended, in a sentence, what to do about it, and how long it was.
import { MessageSquareMore, MonitorSmartphone, Phone } from 'lucide-preact';
import { useId, useState } from 'preact/hooks';
import { combinedVerdict, isDoneInSettings } from '../../core/network/combined-verdict.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { clockText } from '../../ui/format/duration.ts';
import { text } from '../../ui/texts/text.ts';
import { ChatAfterwards } from '../chat/chat-afterwards.tsx';
import { useChat } from '../chat/chat-context.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import { endedTexts } from '../model/end-reason-texts.ts';
import { useGroup } from '../model/group-context.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallPhase, PageActions, UnansweredCall } from '../model/person-model.ts';
import type { WhyFailed } from '../model/why-failed.ts';
import { Closing } from './closing.tsx';
import { FailureDetails, FailureReason, WhyButton } from './failure-reason.tsx';
import { closesItself, isGoodEnd } from './good-end.ts';
import { SendLink } from './send-link.tsx';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly phase: Extract<CallPhase, { phase: 'ended' }>;
  /** Nothing of theirs answered, and they may not have us among their contacts. */
  readonly mayNotKnowUs: boolean;
  /** What was found out about a connection that failed. */
  readonly why: WhyFailed;
  /** They called, not we. */
  readonly isCallee: boolean;
  /** Something of this call was recorded here. */
  readonly hasRecording: boolean;
  /** Undefined where there was no call here to repeat. */
  readonly onAgain: (() => void) | undefined;
  /** Takes the call back from another own device, where it has gone on there. */
  readonly onBringBack: (() => void) | undefined;
  readonly page: PageActions;
}

interface SettingsButtonProps {
  readonly isMain: boolean;
  readonly open: PageActions['openSettings'];
}

function SettingsButton({ isMain, open }: SettingsButtonProps) {
  if (!open) return null;
  return (
    <button type="button" class={`button large${isMain ? ' primary' : ''}`} onClick={() => open('network')}>
      {text('callNetworkSettings')}
    </button>
  );
}

interface LeaveProps {
  readonly call: UnansweredCall;
  readonly leave: NonNullable<PageActions['leaveMessage']>;
}

function LeaveButton({ call, leave }: LeaveProps) {
  return (
    <button type="button" class="button large" onClick={() => leave(call)}>
      <MessageSquareMore size={20} aria-hidden="true" />
      {text('callLeaveMessage')}
    </button>
  );
}

export function EndedView({
  id,
  name,
  phase,
  mayNotKnowUs,
  why,
  isCallee,
  hasRecording,
  onAgain,
  onBringBack,
  page,
}: Props) {
  const [showsDetails, setShowsDetails] = useState(false);
  const detailsId = useId();
  const { sentence, advice, note, offersLink } = endedTexts(phase, mayNotKnowUs);
  const isHidingAddress = phase.reason === 'cannot-hide-address' && page.openSettings !== undefined;
  const helpsInSettings = why.state === 'known' && isDoneInSettings(combinedVerdict(why.own, why.theirs));
  const isAlarm = phase.reason === 'words-different' || phase.reason === 'security-check-failed';
  const isDone = isAlarm || isGoodEnd(phase);
  const own = useOwn();
  const meeting = useGroup()?.model.meeting.value;
  // What was written and what came is nowhere else.
  const hasUnsaved = (useChat()?.model.entries.value.length ?? 0) > 0;
  const goesAway = closesItself(phase, { isWanted: own.model.closesAfterCall.value, hasUnsaved });
  return (
    <main class="call-sheet ended-sheet">
      <Avatar id={id} name={name} />
      <ViewHeading>{text(sentence, name)}</ViewHeading>
      {phase.durationMs > 0 && <p class="ended-duration">{text('callDuration', clockText(phase.durationMs))}</p>}
      {why.state === 'none' ? (
        <p class={isAlarm ? 'problem' : 'ended-advice'}>{text(advice, name)}</p>
      ) : (
        <FailureReason why={why} name={name} />
      )}
      {note && <p class="ended-advice">{text(note, name)}</p>}
      {offersLink && <SendLink name={name} />}
      <ChatAfterwards />
      <div class="sheet-actions">
        {isHidingAddress && <SettingsButton isMain={true} open={page.openSettings} />}
        {onBringBack && (
          <button type="button" class="button large primary" onClick={onBringBack}>
            <MonitorSmartphone size={20} aria-hidden="true" />
            {text('moveBringBack')}
          </button>
        )}
        {onAgain && !onBringBack && (
          <button type="button" class={`button large${isDone || isHidingAddress ? '' : ' primary'}`} onClick={onAgain}>
            <Phone size={20} aria-hidden="true" />
            {text(isCallee ? 'callBack' : 'callAgain')}
          </button>
        )}
        {phase.unanswered && page.leaveMessage && <LeaveButton call={phase.unanswered} leave={page.leaveMessage} />}
        {hasRecording && page.openRecordings && (
          <button type="button" class="button large" onClick={() => page.openRecordings?.()}>
            {text('recordingShow')}
          </button>
        )}
        {hasRecording && meeting && page.openRecordings && (
          <button type="button" class="button large" onClick={() => page.openRecordings?.(meeting.room)}>
            {text('recordingsPutInto', meeting.model.name.value)}
          </button>
        )}
        {helpsInSettings && <SettingsButton isMain={false} open={page.openSettings} />}
        {why.state !== 'none' && (
          <WhyButton isOpen={showsDetails} controls={detailsId} onToggle={() => setShowsDetails(!showsDetails)} />
        )}
        <button
          type="button"
          class={`button large${isDone && !onBringBack ? ' primary' : ''}`}
          onClick={() => page.close()}
        >
          {text('callClose')}
        </button>
      </div>
      {goesAway && <Closing page={page} />}
      {why.state !== 'none' && showsDetails && <FailureDetails id={detailsId} why={why} name={name} />}
    </main>
  );
}
