// Says what happens among the people of a call: to the ear always, to the eye where nothing else on the screen shows it; who comes and
// goes has a tone. Stands above the views, which change with the number of people.
import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { OwnModel } from '../model/own-model.ts';
import { isOnHold, markedName, markedNameOf, sharesScreen } from '../model/presence.ts';
import { firstLook, type GroupNow, type Known, look, type News } from './group-news.ts';

const shownMs = 5_000;
/** Several people at once are one sound. */
const tonesApartMs = 500;

function groupNow({ participants, newcomers, calledByOthers, knocks, reactions, isLocked }: GroupModel): GroupNow {
  return {
    people: participants.value.map((participant) => ({
      id: participant.id,
      name: markedNameOf(participant),
      presence: participant.presence.value,
      handRaised: participant.handRaised.value,
      sharesScreen: sharesScreen(participant),
      isOnHold: isOnHold(participant),
      moves: participant.moves,
    })),
    called: calledByOthers.value,
    knocks: knocks.value.map(({ id, name, isContact, lookalike }) => ({
      id,
      name: lookalike ? markedName(name, isContact, lookalike) : name,
    })),
    newcomers: newcomers.value.map(({ id, name, isContact, lookalike, state }) => ({
      id,
      name: state === 'asking' && !lookalike ? name : markedName(name, isContact, lookalike),
      state,
    })),
    reactions: reactions.value,
    isLocked: isLocked.value,
  };
}

interface Props {
  readonly group: GroupModel;
  readonly chosen: OwnModel['chosen'];
}

export function GroupAnnouncer({ group, chosen }: Props) {
  const said = useSignal('');
  const shown = useSignal('');
  useEffect(() => {
    const tones = new TonePlayer();
    let tonedMs = Number.NEGATIVE_INFINITY;
    let known: Known | undefined;
    let timer: ReturnType<typeof setTimeout>;
    const stop = effect(() => {
      const now = groupNow(group);
      if (!known) {
        known = firstLook(now);
        return;
      }
      const { known: next, news } = look(known, now);
      known = next;
      if (news.length === 0) return;
      const sentences = (of: readonly News[]) => of.map(({ sentence }) => sentence).join(' ');
      const seen = sentences(news.filter(({ isShownElsewhere }) => !isShownElsewhere));
      said.value = sentences(news);
      if (seen !== '') shown.value = seen;
      const tone = news.findLast((one) => one.tone)?.tone;
      if (tone && performance.now() - tonedMs >= tonesApartMs) {
        tonedMs = performance.now();
        tones.play(tone, { speakerId: chosen.peek().speakerId });
      }
      clearTimeout(timer);
      // Empty again: the same sentence is news the next time.
      timer = setTimeout(() => {
        said.value = '';
        shown.value = '';
      }, shownMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [group, chosen]);
  return (
    <>
      <div role="status" aria-live="polite" class="visually-hidden">
        {said.value}
      </div>
      {shown.value !== '' && (
        <p class="group-news" aria-hidden="true">
          {shown.value}
        </p>
      )}
    </>
  );
}
