// Why there is no camera or no microphone, and how to allow it. The call goes on without; the notice can be put away.
import { TriangleAlert, X } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { text } from '../platform/text.ts';
import type { CallModel, DeviceState } from './call-model.ts';

type Problem = 'denied' | 'missing' | 'in-use' | 'failed';
type Concerned = 'microphone' | 'camera' | 'both';

const sentences: Record<Problem, Record<Concerned, string>> = {
  denied: { microphone: 'callMicrophoneDenied', camera: 'callCameraDenied', both: 'callBothDenied' },
  missing: { microphone: 'callMicrophoneMissing', camera: 'callCameraMissing', both: 'callBothMissing' },
  'in-use': { microphone: 'callMicrophoneInUse', camera: 'callCameraInUse', both: 'callBothInUse' },
  failed: { microphone: 'callMicrophoneFailed', camera: 'callCameraFailed', both: 'callBothFailed' },
};

const advice: Record<Problem, string> = {
  denied: 'callDeniedAdvice',
  missing: 'callMissingAdvice',
  'in-use': 'callInUseAdvice',
  failed: 'callFailedAdvice',
};

interface Notice {
  readonly sentence: string;
  readonly advice: string;
}

function problemOf(state: DeviceState): Problem | undefined {
  return state === 'starting' || state === 'on' || state === 'off' ? undefined : state;
}

function noticesFor(microphone: DeviceState, camera: DeviceState): readonly Notice[] {
  const [ofMicrophone, ofCamera] = [problemOf(microphone), problemOf(camera)];
  const notice = (problem: Problem, concerned: Concerned): Notice => ({
    sentence: sentences[problem][concerned],
    advice: advice[problem],
  });
  if (ofMicrophone && ofMicrophone === ofCamera) return [notice(ofMicrophone, 'both')];
  return [
    ...(ofMicrophone ? [notice(ofMicrophone, 'microphone')] : []),
    ...(ofCamera ? [notice(ofCamera, 'camera')] : []),
  ];
}

export function DeviceNotices({ model }: { readonly model: CallModel }) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = noticesFor(model.microphone.value, model.camera.value).filter(
    ({ sentence }) => !dismissed.includes(sentence),
  );
  if (shown.length === 0) return null;
  return (
    <ul class="device-notices" aria-label={text('callDeviceProblems')}>
      {shown.map((notice) => (
        <li key={notice.sentence} class="device-notice">
          <TriangleAlert size={20} aria-hidden="true" />
          <div>
            <p class="device-notice-title">{text(notice.sentence)}</p>
            <p>{text(notice.advice)}</p>
          </div>
          <button
            type="button"
            class="button plain icon"
            aria-label={text('callDismiss')}
            onClick={() => setDismissed([...dismissed, notice.sentence])}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
