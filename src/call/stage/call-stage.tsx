// A call, of two or of more: everybody on the stage, in the view that the person chose or that a shown screen asks for, with the bar of
// buttons and the panel of people. One tree for all of them: whoever comes or goes takes nobody's picture or sound down.
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { firstCorner } from '../../core/stage/self-place.ts';
import { beginView, largeOf, type StageChoice, stepView, viewKind } from '../../core/stage/stage-view.ts';
import { text } from '../../ui/texts/text.ts';
import type { Panel } from '../controls/call-buttons.tsx';
import { MutedHint } from '../controls/muted-hint.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { useStageKeys } from '../controls/use-stage-keys.ts';
import { useFullScreen } from '../kit/use-full-screen.ts';
import { useIdle } from '../kit/use-idle.ts';
import { useMiniWindow } from '../kit/use-mini-window.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { GroupOnPage } from '../model/group-context.ts';
import { onlyOther, type Participant } from '../model/group-model.ts';
import { OwnContext, useOwn } from '../model/own-context.ts';
import type { CallActions, CallPhase, PersonModel } from '../model/person-model.ts';
import { isHere, nameOf, ownId, sharesScreen, showsPicture } from '../model/presence.ts';
import { PeoplePanel } from '../people/people-panel.tsx';
import { useRaisedHands } from '../people/raised-hands.ts';
import { StatisticsPanel } from '../quality/statistics-panel.tsx';
import { RecordingBanners } from '../recording/recording-banner.tsx';
import { CallBar } from './call-bar.tsx';
import { HoldBar, HoldCover, useIsOnHold } from './hold-cover.tsx';
import { MiniView, standIn } from './mini-view.tsx';
import { OwnScreenNote } from './own-screen-note.tsx';
import { PeopleSounds } from './people-sounds.tsx';
import { ScreenChoice } from './presented-screen.tsx';
import { FloatingReactions, reactionsButtonId } from './reactions.tsx';
import { ShownSizes } from './shown-sizes.ts';
import { StageHeader } from './stage-header.tsx';
import { StageNotes } from './stage-notes.tsx';
import { StageTiles } from './stage-tiles.tsx';
import { useActiveSpeaker } from './use-active-speaker.ts';
import { usePeoplePanel } from './use-people-panel.ts';
import { useStageLayout } from './use-stage-layout.ts';

interface Props {
  readonly model: PersonModel;
  readonly actions: CallActions;
  readonly phase: CallPhase;
  readonly group: GroupOnPage;
}

export function CallStage({ model, actions, phase, group }: Props) {
  const own = useOwn();
  const stage = useRef<HTMLDivElement>(null);
  const { stage: chosen } = group.model;
  const [view, tellView] = useReducer(stepView, beginView(chosen.peek()));
  const [panel, setPanel] = useState<Panel>('none');
  const [statisticsOf, setStatisticsOf] = useState<string | undefined>(undefined);
  const { self: selfPlace, corner = firstCorner, isSelfHidden = false, opensMini = true } = chosen.value;
  const keep = (change: Partial<StageChoice>) => group.actions.keepStage({ ...chosen.peek(), ...change });
  const people = usePeoplePanel();
  const participants = group.model.participants.value;
  const recordings = group.model.recordings.value;
  const alone = onlyOther(group.model);
  const isPair = alone !== undefined;
  const hands = useRaisedHands(group.model);
  const speaker = useActiveSpeaker(group.model);
  const speakerNow = standIn(participants, speaker.value);
  const sharing = participants.filter((participant) => isHere(participant.presence.value) && sharesScreen(participant));
  useEffect(() => keep({ people: view.people }), [view.people]);
  useEffect(() => tellView({ event: 'screens', ids: sharing.map(({ id }) => id) }), [idsOf(sharing)]);
  useEffect(() => tellView({ event: 'people', ids: participants.map(({ id }) => id) }), [idsOf(participants)]);

  const large = largeOf(view, { alone: alone?.id, speaker: speakerNow?.id });
  const isCalm = isPair && viewKind(view, isPair) === 'calm' && large?.id === alone.id;
  const isSelfAmongOthers = !isCalm && selfPlace === 'grid' && !isSelfHidden;
  const ids = [...participants.map(({ id }) => id), ...(isSelfAmongOthers ? [ownId] : [])];
  const layout = useStageLayout(stage, ids, large);
  const sizes = useShownSizes(group, participants, layout.isMeasured ? layout.boxes : undefined);
  const unseenScreens = sharing.filter(({ id }) => large?.what !== 'screen' || large.id !== id);
  useEffect(() => {
    for (const { id } of unseenScreens) sizes.tell('stage', 'screen', id, undefined);
  }, [idsOf(unseenScreens)]);
  const fullScreen = useFullScreen();
  const title = alone ? text('callWith', nameOf(alone)) : text('groupTitle');
  const miniWindow = useMiniWindow(
    title,
    () => (
      <OwnContext.Provider value={own}>
        <MiniView actions={actions} group={group.model} speaker={speaker} sizes={sizes} />
      </OwnContext.Provider>
    ),
    opensMini,
  );
  const showStatistics = (id: string | undefined) => setStatisticsOf((shown) => (shown === id ? undefined : id));
  useCallShortcuts({
    onFullScreen: fullScreen.toggle,
    onHelp: () => setPanel('shortcuts'),
    onStatistics: () => showStatistics(statisticsOf ?? view.pinned ?? speakerNow?.id),
  });
  useStageKeys({
    onHand: () => group.actions.raiseHand(!group.model.ownHandRaised.value),
    onReactions: () => document.getElementById(reactionsButtonId)?.click(),
    onPeople: people.toggle,
    onView: () => tellView({ event: 'turn', isPair }),
    onPin: (place) => {
      const id = participants.filter(({ presence }) => isHere(presence.value))[place - 1]?.id;
      if (place === 0 || id !== undefined) tellView({ event: 'pin', id: id === view.pinned ? undefined : id });
    },
    onTurn: layout.turn,
  });
  const isAnyRecording =
    recordings && (recordings.model.own.value !== undefined || recordings.model.theirs.value.length > 0);
  const hideSelf = (isHidden: boolean) => keep({ isSelfHidden: isHidden });
  const isOnHold = useIsOnHold();
  useEffect(() => {
    if (isOnHold && miniWindow.isOpen) miniWindow.toggle();
  }, [isOnHold]);
  const counted = participants.find(({ id }) => id === statisticsOf);
  const isWatching = alone !== undefined && showsPicture(alone) && phase.phase === 'connected';
  const isQuiet = panel === 'none' && !counted && !people.isOpen && own.model.screen.value !== 'on';
  const isIdle = useIdle(5_000) && isCalm && isWatching && isQuiet && !isOnHold;
  const states = [
    isCalm ? 'calm' : viewKind(view, isPair),
    people.isOpen ? 'with-people' : '',
    own.model.screen.value === 'on' || isAnyRecording ? 'with-banner' : '',
    isIdle ? 'idle' : '',
    isOnHold ? 'on-hold' : '',
  ];
  return (
    <main class={['stage', 'call', ...states].filter(Boolean).join(' ')}>
      <ViewHeading hidden>{title}</ViewHeading>
      <StageHeader
        group={group}
        actions={actions}
        phase={phase}
        layout={layout}
        alone={alone}
        isStatisticsOpen={counted !== undefined}
        onStatistics={showStatistics}
      />
      <div class="stage-screens">
        <ScreenChoice
          sharing={sharing}
          shown={large?.what === 'screen' ? large.id : undefined}
          onChoose={(id) => tellView({ event: 'choose-screen', id })}
        />
        <OwnScreenNote model={model} />
        {recordings && <RecordingBanners recordings={recordings} />}
      </div>
      <StageNotes model={model} actions={actions} group={group} isPeopleOpen={people.isOpen} />
      <div ref={stage} class="stage-tiles">
        <StageTiles
          group={group}
          view={view}
          large={large}
          layout={layout}
          hands={hands}
          sharing={sharing}
          isCalm={isCalm}
          isSelfAmongOthers={isSelfAmongOthers}
          self={{ corner, isHidden: isSelfHidden, onCorner: (next) => keep({ corner: next }), onHide: hideSelf }}
          sizes={sizes}
          onView={tellView}
          onStatistics={showStatistics}
        />
        <PeopleSounds group={group.model} speakerId={own.model.chosen.value.speakerId} isOnHold={isOnHold} />
        <FloatingReactions group={group.model} />
        {isOnHold && <HoldCover />}
      </div>
      {counted && <StatisticsPanel key={counted.id} model={counted.model} onClose={() => setStatisticsOf(undefined)} />}
      {isOnHold ? (
        <HoldBar actions={actions} />
      ) : (
        <>
          <MutedHint />
          <CallBar
            actions={actions}
            group={group}
            choice={{
              view,
              isPair,
              onView: tellView,
              selfPlace,
              onSelfPlace: (self) => keep({ self }),
              isSelfHidden,
              onHideSelf: hideSelf,
            }}
            fullScreen={fullScreen}
            miniWindow={miniWindow}
            opensMini={opensMini}
            onOpensMini={(opens) => keep({ opensMini: opens })}
            panel={panel}
            onPanel={setPanel}
            isPeopleOpen={people.isOpen}
            onPeople={people.toggle}
          />
        </>
      )}
      {people.isOpen && (
        <PeoplePanel
          group={group}
          hands={hands}
          pinned={view.pinned}
          onPin={(id) => tellView({ event: 'pin', id })}
          onStatistics={showStatistics}
          onClose={people.close}
        />
      )}
    </main>
  );
}

/** Who is seen at which size; of those who are not on the stage, that they are not. */
function useShownSizes(
  group: GroupOnPage,
  participants: readonly Participant[],
  boxes: ReadonlyMap<string, unknown> | undefined,
): ShownSizes {
  const sizes = useMemo(() => new ShownSizes((part, id, size) => group.actions.shownAt(part, id, size)), [group]);
  // Of those who have been here from the start without being seen, too; not before the stage was measured.
  const unseen = boxes ? participants.filter(({ id }) => !boxes.has(id)) : [];
  useEffect(() => {
    for (const { id } of unseen) sizes.tell('stage', 'person', id, undefined);
  }, [idsOf(unseen)]);
  return sizes;
}

function idsOf(participants: readonly { readonly id: string }[]): string {
  return participants.map(({ id }) => id).join(' ');
}
