// What is wrong and what to do about it: no camera, no microphone, clocks that differ. The call goes on; each notice can be put away.

import { TriangleAlert, X } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { hasDevices } from '../../ui/abilities/call-abilities.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { useOwn } from '../model/own-context.ts';
import type { DeviceState, Substitutes } from '../model/own-model.ts';
import type { PersonModel } from '../model/person-model.ts';

type Problem = 'silenced' | 'denied' | 'missing' | 'in-use' | 'failed';
type Concerned = 'microphone' | 'camera' | 'both';

const sentences: Record<Problem, Record<Concerned, TextKey>> = {
  silenced: { microphone: 'callMicrophoneSilenced', camera: 'callCameraSilenced', both: 'callBothSilenced' },
  denied: { microphone: 'callMicrophoneDenied', camera: 'callCameraDenied', both: 'callBothDenied' },
  missing: { microphone: 'callMicrophoneMissing', camera: 'callCameraMissing', both: 'callBothMissing' },
  'in-use': { microphone: 'callMicrophoneInUse', camera: 'callCameraInUse', both: 'callBothInUse' },
  failed: { microphone: 'callMicrophoneFailed', camera: 'callCameraFailed', both: 'callBothFailed' },
};

const advice: Record<Problem, TextKey> = {
  silenced: 'callSilencedAdvice',
  denied: 'callDeniedAdvice',
  missing: 'callMissingAdvice',
  'in-use': 'callInUseAdvice',
  failed: 'callFailedAdvice',
};

interface Notice {
  readonly key: string;
  readonly sentence: string;
  readonly advice: string;
}

function problemOf(state: DeviceState): Problem | undefined {
  return state === 'starting' || state === 'on' || state === 'off' ? undefined : state;
}

function noticesFor(microphone: DeviceState, camera: DeviceState, isOnStage: boolean): readonly Notice[] {
  if (!hasDevices()) return [{ key: 'devices', sentence: text('callBothMissing'), advice: text('uiNoDevices') }];
  // On the stage a silenced microphone is said above the bar, with all else about not being heard (muted-hint.tsx).
  const ofMicrophone = isOnStage && microphone === 'silenced' ? undefined : problemOf(microphone);
  const ofCamera = problemOf(camera);
  const notice = (problem: Problem, concerned: Concerned): Notice => ({
    key: sentences[problem][concerned],
    sentence: text(sentences[problem][concerned]),
    advice: text(advice[problem]),
  });
  if (ofMicrophone && ofMicrophone === ofCamera) return [notice(ofMicrophone, 'both')];
  return [
    ...(ofMicrophone ? [notice(ofMicrophone, 'microphone')] : []),
    ...(ofCamera ? [notice(ofCamera, 'camera')] : []),
  ];
}

const substituteAdvice = {
  microphone: 'callMicrophoneInsteadAdvice',
  camera: 'callCameraInsteadAdvice',
  speaker: 'callSpeakerInsteadAdvice',
} as const;

/** Another device is in use than the one that was chosen. */
function substituteNotices(substitutes: Substitutes): readonly Notice[] {
  return (['camera', 'microphone', 'speaker'] as const).flatMap((kind) => {
    const name = substitutes[kind];
    if (name === undefined) return [];
    const sentence = text('callDeviceInstead', name || text('callOtherDevice'));
    return [{ key: `${kind} ${name}`, sentence, advice: text(substituteAdvice[kind]) }];
  });
}

/** Clocks that differ: people hear of it before it is so much that calls fail. */
function clockNotice(skewMs: number, name: string): readonly Notice[] {
  if (skewMs === 0) return [];
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const time = minutes < 90 ? plural('callClockMinutes', minutes) : plural('callClockHours', Math.round(minutes / 60));
  return [{ key: 'clock', sentence: text('callClocksDiffer', name, time), advice: text('callClocksDifferAdvice') }];
}

interface Props {
  readonly model: Pick<PersonModel, 'clockSkewMs' | 'contactName'>;
  readonly isOnStage?: boolean;
}

export function DeviceNotices({ model, isOnStage = false }: Props) {
  const { model: own } = useOwn();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = [
    ...noticesFor(own.microphone.value, own.camera.value, isOnStage),
    ...substituteNotices(own.substitutes.value),
    ...clockNotice(model.clockSkewMs.value, model.contactName.value),
  ].filter(({ key }) => !dismissed.includes(key));
  if (shown.length === 0) return null;
  return (
    <ul class="device-notices" aria-label={text('callNotices')}>
      {shown.map((notice) => (
        <li key={notice.key} class="device-notice">
          <TriangleAlert size={20} aria-hidden="true" />
          <div>
            <p class="device-notice-title">{notice.sentence}</p>
            <p>{notice.advice}</p>
          </div>
          <IconButton
            icon={X}
            label={text('callDismiss')}
            size={18}
            onClick={() => setDismissed([...dismissed, notice.key])}
          />
        </li>
      ))}
    </ul>
  );
}
