// Somebody calls while this call is up, and a call of another page that is on hold: what there is to know, and to decide.
import { Pause, PhoneIncoming } from 'lucide-preact';
import { Avatar } from '../../ui/avatar.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { SideNotice } from '../kit/side-notice.tsx';
import { type OtherCalls, useOtherCalls, type WaitingCall } from '../model/other-calls.ts';

export function OtherCallNotices() {
  const others = useOtherCalls();
  if (!others) return null;
  return (
    <>
      <WaitingNotice others={others} />
      <OnHoldNotice others={others} />
    </>
  );
}

/** What kind of call it is, as the caller says. */
function kindWords({ media, others, name }: WaitingCall): string {
  const isVideo = media === 'video';
  if (others > 0) return plural(isVideo ? 'callIncomingVideoMore' : 'callIncomingAudioMore', others, name);
  return text(isVideo ? 'callIncomingVideo' : 'callIncomingAudio');
}

/** Told at once, whatever else is being read out: it waits for less than a minute. */
function WaitingNotice({ others: { model, actions } }: { readonly others: OtherCalls }) {
  const waiting = model.waiting.value;
  return (
    <div class={waiting ? 'waiting-call' : ''}>
      <div role="alert" class={waiting ? 'waiting-who' : ''}>
        {waiting && (
          <>
            <Avatar id={waiting.contactId} name={waiting.name} />
            <div class="waiting-words">
              <p class="waiting-name" dir="auto">
                {text('callIncoming', waiting.name)}
              </p>
              <p class="waiting-kind">
                <PhoneIncoming size={16} aria-hidden="true" />
                <span>{kindWords(waiting)}</span>
              </p>
            </div>
          </>
        )}
      </div>
      {waiting && (
        <div class="waiting-answers">
          <button type="button" class="button primary" onClick={() => actions.acceptAndHold()}>
            {text('callAcceptAndHold')}
          </button>
          <button type="button" class="button" onClick={() => actions.acceptAndLeave()}>
            {text('callAcceptAndLeave')}
          </button>
          <button type="button" class="button danger" onClick={() => actions.declineWaiting()}>
            {text('callDecline')}
          </button>
        </div>
      )}
    </div>
  );
}

function OnHoldNotice({ others: { model, actions } }: { readonly others: OtherCalls }) {
  const other = model.other.value;
  const isShown = other?.isOnHold === true && !model.isOnHold.value;
  return (
    <SideNotice
      isShown={isShown}
      Icon={Pause}
      answers={
        <button type="button" class="button" onClick={() => actions.swap()}>
          {text('callSwap')}
        </button>
      }
    >
      <p class="device-notice-title">{text('callOtherOnHold', other?.name ?? '')}</p>
      <p>{text('callOtherOnHoldMeaning')}</p>
    </SideNotice>
  );
}
