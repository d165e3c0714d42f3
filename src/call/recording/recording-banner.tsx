// The sign that a recording runs, for as long as it does: who records, for how long, and whether the person here is in it; with what can be done
// about it. The own recording has one of its own.
import { Bookmark, CircleDot, Pause, Play, Square } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { byteWords } from '../../ui/format/amounts.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { text } from '../../ui/texts/text.ts';
import { CallTimer } from '../kit/call-timer.tsx';
import type { CallRecordings, OwnRecording, RecordingActions, TheirRecording } from '../model/recording-model.ts';

/** The disk lasts less than this: said in time. */
const shortMinutes = 10;

/** All recordings of this call. */
export function RecordingBanners({ recordings }: { readonly recordings: CallRecordings }) {
  const { model, actions } = recordings;
  const own = model.own.value;
  return (
    <>
      {own && <OwnBanner own={own} actions={actions} />}
      {model.theirs.value.map((recording) => (
        <TheirBanner key={recording.id} recording={recording} actions={actions} />
      ))}
    </>
  );
}

function whatTheyDo({ state, name, isInsisting }: TheirRecording): string {
  if (state === 'asking') return text(isInsisting ? 'recordingAsksAgain' : 'recordingAsks', name);
  return text(state === 'on' ? 'recordingTheyRecord' : 'recordingTheyPaused', name);
}

interface TheirProps {
  readonly recording: TheirRecording;
  readonly actions: RecordingActions;
}

function TheirBanner({ recording, actions }: TheirProps) {
  const [isLeaving, setLeaving] = useState(false);
  const { id, name, state, sinceMs, yes } = recording;
  return (
    <section class="recording-banner" aria-label={text('recordingOf', name)}>
      <CircleDot class={`recording-sign${state === 'on' ? ' is-on' : ''}`} size={18} aria-hidden="true" />
      <p class="recording-words">
        <span>{whatTheyDo(recording)}</span>
        {state !== 'asking' && (
          <>
            {' · '}
            <CallTimer sinceMs={sinceMs} />
          </>
        )}
        {' · '}
        <strong>{text(yes ? 'recordingYouAreIn' : 'recordingYouAreOut')}</strong>
      </p>
      <span class="recording-buttons">
        {yes && state === 'on' && (
          <button type="button" class="recording-button" onClick={() => actions.markTheirs(id)}>
            <Bookmark size={16} aria-hidden="true" />
            {text('recordingSetMark')}
          </button>
        )}
        {yes ? (
          <button type="button" class="recording-button" onClick={() => setLeaving(true)}>
            {text('recordingLeaveMeOut')}
          </button>
        ) : (
          <button type="button" class="recording-button" onClick={() => actions.answer(id, true)}>
            {text('recordingRecordMe')}
          </button>
        )}
        <button type="button" class="recording-button" onClick={() => actions.halt(id)}>
          {text('recordingStop')}
        </button>
      </span>
      {isLeaving && <LeavingDialog recording={recording} actions={actions} onClose={() => setLeaving(false)} />}
    </section>
  );
}

function LeavingDialog({ recording: { id, name }, actions, onClose }: TheirProps & { readonly onClose: () => void }) {
  const leave = (forget: boolean) => () => {
    onClose();
    actions.answer(id, false, forget);
  };
  return (
    <Dialog title={text('recordingLeaveTitle')} onClose={onClose}>
      <p>{text('recordingLeaveMeaning', name)}</p>
      <div class="actions">
        <button type="button" class="button" onClick={leave(false)}>
          {text('recordingLeaveFromNow')}
        </button>
        <button type="button" class="button" onClick={leave(true)}>
          {text('recordingLeaveForget')}
        </button>
      </div>
    </Dialog>
  );
}

function ownWords({ state, recorded }: OwnRecording): string {
  if (state === 'asking') return text('recordingYouAsk');
  return text(state === 'on' ? 'recordingYouRecord' : 'recordingYouPaused', enumeration(recorded));
}

interface OwnProps {
  readonly own: OwnRecording;
  readonly actions: RecordingActions;
}

function OwnBanner({ own, actions }: OwnProps) {
  const { state, sinceMs, bytes, minutesLeft } = own;
  const out = [...own.refused, ...own.silent];
  return (
    <section class="recording-banner" aria-label={text('recordingYours')}>
      <CircleDot class={`recording-sign${state === 'on' ? ' is-on' : ''}`} size={18} aria-hidden="true" />
      <p class="recording-words">
        <strong>{ownWords(own)}</strong>
        {state !== 'asking' && (
          <>
            {' · '}
            <CallTimer sinceMs={sinceMs} />
            {` · ${byteWords(bytes)}`}
            {out.length > 0 && ` · ${text('recordingLeftOut', enumeration(out))}`}
          </>
        )}
        {minutesLeft !== undefined && minutesLeft < shortMinutes && (
          <span class="recording-short">{text('recordingDiskShort')}</span>
        )}
      </p>
      <span class="recording-buttons">
        {state !== 'asking' && (
          <>
            <button type="button" class="recording-button" onClick={() => actions.pause(state === 'on')}>
              {state === 'on' ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
              {text(state === 'on' ? 'recordingPause' : 'recordingResume')}
            </button>
            <button type="button" class="recording-button" onClick={() => actions.mark()}>
              <Bookmark size={16} aria-hidden="true" />
              {text('recordingSetMark')}
            </button>
          </>
        )}
        <button type="button" class="recording-button" onClick={() => actions.stop()}>
          <Square size={16} aria-hidden="true" />
          {text(state === 'asking' ? 'recordingDoNot' : 'recordingStop')}
        </button>
      </span>
    </section>
  );
}
