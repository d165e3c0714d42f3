// A call of more than two: everybody on the stage, in the view that the person chose or that a shown screen asks for, with the bar of
// buttons and the panel of people.
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { beginView, largeOf, stepView, viewKind } from '../../core/stage/stage-view.ts';
import { text } from '../../ui/texts/text.ts';
import { useChat } from '../chat/chat-context.ts';
import type { Panel } from '../controls/call-buttons.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { useGroupKeys } from '../controls/use-group-keys.ts';
import { useFullScreen } from '../kit/use-full-screen.ts';
import { useMiniWindow } from '../kit/use-mini-window.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { CallActions, CallModel, CallPhase } from '../model/call-model.ts';
import type { GroupOnPage } from '../model/group-context.ts';
import { isHere, ownId, sharesScreen } from '../model/presence.ts';
import { PeoplePanel, peopleButtonId } from '../people/people-panel.tsx';
import { useRaisedHands } from '../people/raised-hands.ts';
import { StatisticsPanel } from '../quality/statistics-panel.tsx';
import { GroupControls } from './group-controls.tsx';
import { GroupHeader } from './group-header.tsx';
import { GroupNotes } from './group-notes.tsx';
import { GroupSounds } from './group-sounds.tsx';
import { GroupStage } from './group-stage.tsx';
import { MiniView, standIn } from './mini-view.tsx';
import { ScreenChoice } from './presented-screen.tsx';
import { FloatingReactions, reactionsButtonId } from './reactions.tsx';
import { OwnScreenNote } from './screen-tile.tsx';
import { ShownSizes } from './shown-sizes.ts';
import { useActiveSpeaker } from './use-active-speaker.ts';
import { useStageLayout } from './use-stage-layout.ts';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly phase: CallPhase;
  readonly group: GroupOnPage;
}

export function GroupView({ model, actions, phase, group }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const { stage: chosen } = group.model;
  const [view, tellView] = useReducer(stepView, beginView(chosen.peek()));
  const [panel, setPanel] = useState<Panel>('none');
  const [statisticsOf, setStatisticsOf] = useState<string | undefined>(undefined);
  const [selfPlace, setSelfPlace] = useState(chosen.peek().self);
  const people = usePeoplePanel();
  const participants = group.model.participants.value;
  const hands = useRaisedHands(group.model);
  const speaker = useActiveSpeaker(group.model);
  const speakerNow = standIn(participants, speaker.value);
  const sharing = participants.filter((participant) => isHere(participant.presence.value) && sharesScreen(participant));
  useEffect(() => group.actions.keepStage({ people: view.people, self: selfPlace }), [view.people, selfPlace]);
  useEffect(() => tellView({ event: 'screens', ids: sharing.map(({ id }) => id) }), [idsOf(sharing)]);
  useEffect(() => tellView({ event: 'people', ids: participants.map(({ id }) => id) }), [idsOf(participants)]);

  const large = largeOf(view, speakerNow?.id);
  const ids = [...participants.map(({ id }) => id), ...(selfPlace === 'grid' ? [ownId] : [])];
  const layout = useStageLayout(stage, ids, large);
  const sizes = useMemo(() => new ShownSizes((part, id, size) => group.actions.shownAt(part, id, size)), [group]);
  const unseen = participants.filter(({ id }) => !layout.boxes.has(id));
  // Of those who have been here from the start without being seen, too; not before the stage was measured.
  useEffect(() => {
    if (layout.isMeasured) for (const { id } of unseen) sizes.tell('stage', 'person', id, undefined);
  }, [idsOf(unseen), layout.isMeasured]);
  const unseenScreens = sharing.filter(({ id }) => large?.what !== 'screen' || large.id !== id);
  useEffect(() => {
    for (const { id } of unseenScreens) sizes.tell('stage', 'screen', id, undefined);
  }, [idsOf(unseenScreens)]);
  const fullScreen = useFullScreen();
  const miniWindow = useMiniWindow(text('groupTitle'), () => (
    <MiniView model={model} actions={actions} group={group.model} speaker={speaker} sizes={sizes} />
  ));
  const showStatistics = (id: string | undefined) => setStatisticsOf((shown) => (shown === id ? undefined : id));
  useCallShortcuts({
    model,
    actions,
    onFullScreen: fullScreen.toggle,
    onHelp: () => setPanel('shortcuts'),
    onStatistics: () => showStatistics(statisticsOf ?? view.pinned ?? speakerNow?.id),
  });
  useGroupKeys({
    onHand: () => group.actions.raiseHand(!group.model.ownHandRaised.value),
    onReactions: () => document.getElementById(reactionsButtonId)?.click(),
    onPeople: people.toggle,
    onView: () => tellView({ event: 'turn' }),
    onPin: (place) => {
      const id = participants.filter(({ presence }) => isHere(presence.value))[place - 1]?.id;
      if (place === 0 || id !== undefined) tellView({ event: 'pin', id: id === view.pinned ? undefined : id });
    },
    onTurn: layout.turn,
  });
  const counted = participants.find(({ id }) => id === statisticsOf);
  return (
    <main class={`stage group${people.isOpen ? ' with-people' : ''} ${viewKind(view)}`}>
      <ViewHeading hidden>{text('groupTitle')}</ViewHeading>
      <GroupHeader group={group.model} phase={phase} layout={layout} />
      <div class="group-screens">
        <ScreenChoice
          sharing={sharing}
          shown={large?.what === 'screen' ? large.id : undefined}
          onChoose={(id) => tellView({ event: 'choose-screen', id })}
        />
        <OwnScreenNote model={model} actions={actions} />
      </div>
      <div ref={stage} class="group-stage">
        <GroupStage
          model={model}
          group={group}
          view={view}
          large={large}
          layout={layout}
          hands={hands}
          sharing={sharing}
          selfPlace={selfPlace}
          sizes={sizes}
          onView={tellView}
          onStatistics={showStatistics}
        />
        <GroupSounds group={group.model} speakerId={model.chosen.value.speakerId} />
        <FloatingReactions group={group.model} />
        <GroupNotes model={model} actions={actions} group={group} isPeopleOpen={people.isOpen} />
      </div>
      {counted && <StatisticsPanel key={counted.id} model={counted.model} onClose={() => setStatisticsOf(undefined)} />}
      <GroupControls
        model={model}
        actions={actions}
        group={group}
        choice={{ view, onView: tellView, selfPlace, onSelfPlace: setSelfPlace }}
        fullScreen={fullScreen}
        miniWindow={miniWindow}
        panel={panel}
        onPanel={setPanel}
        isPeopleOpen={people.isOpen}
        onPeople={people.toggle}
      />
      {people.isOpen && (
        <PeoplePanel
          model={model}
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

function idsOf(participants: readonly { readonly id: string }[]): string {
  return participants.map(({ id }) => id).join(' ');
}

/** There is room for one panel beside the stage: the people or the chat. */
function usePeoplePanel() {
  const chat = useChat();
  const [isOpen, setOpen] = useState(false);
  const isChatOpen = chat?.model.isOpen.value ?? false;
  const wasOpen = useRef(false);
  useEffect(() => {
    // The focus was in the panel, which is gone.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isOpen && wasOpen.current && isLost) document.getElementById(peopleButtonId)?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  useEffect(() => {
    if (isChatOpen) setOpen(false);
  }, [isChatOpen]);
  return {
    isOpen,
    close: () => setOpen(false),
    toggle: () => {
      if (!isOpen) chat?.actions.open(false);
      setOpen(!isOpen);
    },
  };
}
