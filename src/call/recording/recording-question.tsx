// The question whether one may be recorded. Neither answer is nearer than the other, and going away from it is a no.
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import type { CallRecordings, TheirRecording } from '../model/recording-model.ts';

/** Of several who ask, one after the other. */
export function RecordingQuestion({ recordings: { model, actions } }: { readonly recordings: CallRecordings }) {
  const asked = model.theirs.value.find(({ yes, isInsisting }) => yes === undefined && !isInsisting);
  return asked ? <Question key={asked.id} recording={asked} onAnswer={(yes) => actions.answer(asked.id, yes)} /> : null;
}

interface QuestionProps {
  readonly recording: TheirRecording;
  readonly onAnswer: (yes: boolean) => void;
}

function Question({ recording: { name, state }, onAnswer }: QuestionProps) {
  const title = text(state === 'asking' ? 'recordingQuestion' : 'recordingQuestionRuns', name);
  return (
    <Dialog title={title} onClose={() => onAnswer(false)}>
      {/* The focus begins here: a key that was meant for something else answers nothing. */}
      <p class="recording-meaning" tabIndex={-1} autofocus>
        {text('recordingQuestionMeaning', name)}
      </p>
      <p class="hint">{text('recordingQuestionLimit')}</p>
      <div class="recording-answers">
        <button type="button" class="button" onClick={() => onAnswer(true)}>
          {text('recordingRecordMe')}
        </button>
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          {text('recordingLeaveMeOut')}
        </button>
      </div>
    </Dialog>
  );
}
