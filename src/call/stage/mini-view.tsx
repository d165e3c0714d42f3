// What the small window over all others shows: whoever speaks, and the three buttons one needs without the page.
import type { ReadonlySignal } from '@preact/signals';
import { MicOff } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import { LeaveButton } from '../controls/call-buttons.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { StreamVideo } from '../kit/stream-video.tsx';
import { useShownSize } from '../kit/use-shown-size.ts';
import type { GroupModel, Participant } from '../model/group-model.ts';
import type { CallActions } from '../model/person-model.ts';
import { isHere, isProven, nameOf, presenceWords } from '../model/presence.ts';
import { isRecorded } from '../model/recording-model.ts';
import type { ShownSizes } from './shown-sizes.ts';

interface Props {
  readonly actions: CallActions;
  readonly group: GroupModel;
  readonly speaker: ReadonlySignal<string | undefined>;
  readonly sizes: ShownSizes;
}

export function MiniView({ actions, group, speaker, sizes }: Props) {
  const person = standIn(group.participants.value, speaker.value);
  const recordings = group.recordings.value;
  return (
    <main class="mini stage">
      {person ? <MiniPerson key={person.id} participant={person} sizes={sizes} /> : <p>{text('groupAlone')}</p>}
      {recordings && isRecorded(recordings) && <p class="badge mini-recording">{text('recordingRuns')}</p>}
      <section class="controls mini-bar" aria-label={text('callControls')}>
        <DeviceToggles />
        <LeaveButton actions={actions} />
      </section>
    </main>
  );
}

/** Whoever speaks; before anybody did, the first who is there. */
export function standIn(people: readonly Participant[], speaker: string | undefined): Participant | undefined {
  const here = people.filter(({ presence }) => isHere(presence.value));
  return here.find(({ id }) => id === speaker) ?? here.find(({ presence }) => presence.value === 'in') ?? here[0];
}

function MiniPerson({ participant, sizes }: { readonly participant: Participant; readonly sizes: ShownSizes }) {
  const { id, model } = participant;
  const tile = useRef<HTMLElement>(null);
  useShownSize(tile, id, (size) => sizes.tell('mini', 'person', id, size));
  const name = nameOf(participant);
  const stream = model.remoteStream.value;
  const hasPicture = isProven(participant) && model.remoteCameraOn.value && !model.remotePaused.value;
  const words = presenceWords(participant);
  return (
    <section ref={tile} class="tile mini-tile" aria-label={name}>
      {hasPicture && stream ? (
        <StreamVideo stream={stream} class="tile-picture" />
      ) : (
        <div class="tile-middle">
          <Avatar id={participant.id} name={name} />
        </div>
      )}
      <div class="tile-plate">
        <p class="badge tile-name">
          {!model.remoteMicrophoneOn.value && <MicOff size={15} aria-hidden="true" />}
          <span class="tile-name-words" dir="auto">
            {words === '' ? name : `${name} · ${words}`}
          </span>
        </p>
      </div>
    </section>
  );
}
