// The steps of recording a message, as they are seen.
import { Mic, Video } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Contact } from '../../core/identity/contact.ts';
import { longestSeconds } from '../../core/messages/left-message.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { clockText } from '../../ui/format/duration.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { Player } from '../kept/message-player.tsx';
import type { Recorder, RecorderState, RecorderTrouble } from './recorder.ts';

interface Props {
  readonly recorder: Recorder;
  readonly contact: Pick<Contact, 'id' | 'name'>;
  readonly toList: () => void;
  readonly close: () => void;
}

export function RecorderView({ recorder, contact, toList, close }: Props) {
  const state = recorder.state.value;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever pressed a button that is gone is told where they are now.
  useEffect(() => heading.current?.focus(), [state.step]);
  return (
    <div class="message-recorder">
      <h1 ref={heading} tabIndex={-1}>
        {text(headingKeys[state.step], contact.name)}
      </h1>
      <Step state={state} recorder={recorder} contact={contact} toList={toList} close={close} />
    </div>
  );
}

const headingKeys: Record<RecorderState['step'], TextKey> = {
  choose: 'messagesLeaveFor',
  opening: 'messagesLeaveFor',
  preview: 'messagesLeaveFor',
  counting: 'messagesReady',
  recording: 'messagesRecording',
  finishing: 'messagesFinishing',
  review: 'messagesReview',
  sending: 'messagesSending',
  sent: 'messagesSent',
  failed: 'messagesFailed',
};

const troubleKeys: Record<RecorderTrouble, TextKey> = {
  denied: 'messagesDenied',
  'no-device': 'messagesNoDevice',
  'in-use': 'messagesInUse',
  disk: 'messagesDisk',
  nothing: 'messagesNothing',
};

function Step({ state, recorder, contact, toList, close }: Props & { readonly state: RecorderState }) {
  switch (state.step) {
    case 'choose':
      return <Choice recorder={recorder} close={close} />;
    case 'opening':
      return <p role="status">{text('messagesOpening')}</p>;
    case 'preview':
    case 'counting':
    case 'recording':
      return <Stage state={state} recorder={recorder} contact={contact} />;
    case 'finishing':
    case 'sending':
      return <p role="status">{text('messagesMoment')}</p>;
    case 'review':
      return <Review state={state} recorder={recorder} contact={contact} />;
    case 'sent':
      return (
        <>
          <p>{text('messagesSentMeaning', contact.name)}</p>
          <div class="actions">
            <button type="button" class="button primary" onClick={close}>
              {text('callClose')}
            </button>
            <button type="button" class="button" onClick={toList}>
              {text('messagesShowAll')}
            </button>
          </div>
        </>
      );
    case 'failed':
      return (
        <>
          <p class="problem" role="alert">
            {text(troubleKeys[state.why])}
          </p>
          <div class="actions">
            <button type="button" class="button primary" onClick={() => recorder.toChoice()}>
              {text('messagesTryAgain')}
            </button>
            <button type="button" class="button" onClick={close}>
              {text('callClose')}
            </button>
          </div>
        </>
      );
  }
}

function Choice({ recorder, close }: Pick<Props, 'recorder' | 'close'>) {
  return (
    <>
      <p>{text('messagesChoice', clockText(longestSeconds * 1_000))}</p>
      <p class="hint">{text('messagesHow')}</p>
      <div class="actions">
        <button type="button" class="button large primary" onClick={() => void recorder.choose('video')}>
          <Video aria-hidden="true" size={20} />
          {text('messagesVideo')}
        </button>
        <button type="button" class="button large" onClick={() => void recorder.choose('voice')}>
          <Mic aria-hidden="true" size={20} />
          {text('messagesVoiceOnly')}
        </button>
        <button type="button" class="button large" onClick={close}>
          {text('messagesNoMessage')}
        </button>
      </div>
    </>
  );
}

interface StageProps extends Pick<Props, 'recorder' | 'contact'> {
  readonly state: Extract<RecorderState, { step: 'preview' | 'counting' | 'recording' }>;
}

function Stage({ state, recorder, contact }: StageProps) {
  const stream = recorder.preview.value;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  return (
    <>
      <div class="message-stage">
        {recorder.kind === 'video' ? (
          <video ref={video} class="message-own" muted autoplay playsInline disablePictureInPicture />
        ) : (
          <Avatar id={contact.id} name={contact.name} />
        )}
        {state.step === 'counting' && (
          <span class="message-count" role="status">
            {state.left > 0 ? state.left : '…'}
          </span>
        )}
      </div>
      {recorder.isVeiled.value && <p class="hint">{text('messagesVeiled')}</p>}
      {state.step === 'preview' && (
        <div class="actions">
          <button
            type="button"
            class="button large primary"
            disabled={stream === undefined}
            onClick={() => recorder.record()}
          >
            {text('messagesRecord')}
          </button>
          <button type="button" class="button large" onClick={() => recorder.toChoice()}>
            {text('messagesBack')}
          </button>
        </div>
      )}
      {state.step === 'recording' && <Running sinceMs={state.sinceMs} recorder={recorder} />}
    </>
  );
}

const lookMs = 250;

function Running({ sinceMs, recorder }: { readonly sinceMs: number; readonly recorder: Recorder }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookMs);
    return () => clearInterval(timer);
  }, []);
  const goneMs = Math.min(longestSeconds * 1_000, Math.max(0, now - sinceMs));
  return (
    <>
      <p class="message-time" aria-hidden="true">
        {text('messagesTime', clockText(goneMs), clockText(longestSeconds * 1_000))}
      </p>
      <div class="actions">
        <button type="button" class="button large primary" onClick={() => recorder.stop()}>
          {text('messagesStop')}
        </button>
      </div>
    </>
  );
}

interface ReviewProps extends Pick<Props, 'recorder' | 'contact'> {
  readonly state: Extract<RecorderState, { step: 'review' }>;
}

function Review({ state, recorder, contact }: ReviewProps) {
  const { url, seconds, refused } = state;
  return (
    <>
      <Player kind={recorder.kind} url={url} label={text('messagesReview')} playsAtOnce={false} />
      <p class="hint">{clockText(seconds * 1_000)}</p>
      {refused !== undefined && (
        <p class="problem" role="alert">
          {text(refused === 'too-many' ? 'messagesTooMany' : 'messagesNoRoom', contact.name)}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button large primary" onClick={() => void recorder.send()}>
          {text('messagesSend')}
        </button>
        <button type="button" class="button large" onClick={() => void recorder.again()}>
          {text('messagesAgain')}
        </button>
        <button
          type="button"
          class="button large danger"
          onClick={() => void recorder.throwAway().then(() => recorder.toChoice())}
        >
          {text('messagesThrowAway')}
        </button>
      </div>
    </>
  );
}
