// The bar of buttons under a call, the same for two and for many. Where it is narrow, a menu has what is needed less often.
import {
  Ellipsis,
  Hand,
  PanelTopOpen,
  PictureInPicture2,
  ScreenShare,
  ScreenShareOff,
  Settings2,
  SwitchCamera,
  UserPlus,
  Users,
} from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import { plural, text } from '../../ui/texts/text.ts';
import { ChatButton } from '../chat/chat-button.tsx';
import {
  CallPanels,
  canShareScreen,
  DevicesButton,
  LeaveButton,
  PageItems,
  type Panel,
  ScreenButton,
} from '../controls/call-buttons.tsx';
import { DeviceMenu } from '../controls/device-menu.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { isTouched, nextCamera } from '../controls/flip-camera.ts';
import { OwnEffectFields } from '../controls/own-effects.tsx';
import { Flyout } from '../kit/flyout.tsx';
import { MenuItem } from '../kit/menu-item.tsx';
import { useElementSize } from '../kit/use-element-size.ts';
import type { FullScreen } from '../kit/use-full-screen.ts';
import type { MiniWindow } from '../kit/use-mini-window.ts';
import { MeetingButton, MeetingItem } from '../meeting/meeting-button.tsx';
import type { Group, GroupOnPage } from '../model/group-context.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallActions } from '../model/person-model.ts';
import { AddPersonButton } from '../people/add-person-button.tsx';
import { peopleButtonId, peoplePanelId } from '../people/people-panel.tsx';
import { RecordButton, RecordDialog, RecordItem } from '../recording/record-item.tsx';
import { type BarButton, type BarFit, barButtons, fitBar } from './bar-fit.ts';
import { ReactionChoice, ReactionsButton } from './reactions.tsx';
import { type ViewChoice, ViewItems, ViewSwitch } from './view-switch.tsx';

/** A browser may share no screen, a guest's page keeps no recording, and most calls are no meeting of a room. */
const possible = (mayRecord: boolean, isMeeting: boolean) => {
  const isThere: Partial<Record<BarButton, boolean>> = { screen: canShareScreen, record: mayRecord, room: isMeeting };
  return barButtons.filter((button) => isThere[button] !== false);
};

interface Props {
  readonly actions: CallActions;
  readonly group: GroupOnPage;
  readonly choice: ViewChoice;
  readonly fullScreen: FullScreen;
  readonly miniWindow: MiniWindow;
  /** The small window opens by itself when the tab is left. */
  readonly opensMini: boolean;
  readonly onOpensMini: (opens: boolean) => void;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
  readonly isPeopleOpen: boolean;
  readonly onPeople: () => void;
}

export function CallBar(props: Props) {
  const { actions, group, choice, panel, onPanel } = props;
  const bar = useRef<HTMLElement>(null);
  const recordings = group.model.recordings.value;
  const record = recordings?.actions.record;
  const meeting = group.model.meeting.value;
  const fit = fitBar(useElementSize(bar).width, possible(record !== undefined, meeting !== undefined));
  const { isSmall, inBar } = fit;
  const [isRecordAsked, setRecordAsked] = useState(false);
  const isHandHidden = !inBar.has('hand') && group.model.ownHandRaised.value;
  return (
    <>
      <section ref={bar} class={`controls stage-bar${isSmall ? ' small' : ''}`} aria-label={text('callControls')}>
        <DeviceToggles
          menu={isSmall ? undefined : (kind) => <DeviceMenu kind={kind} onAll={() => onPanel('devices')} />}
        />
        {inBar.has('devices') && <DevicesButton onPanel={onPanel} />}
        {inBar.has('screen') && <ScreenButton />}
        {inBar.has('hand') && <HandButton group={group} />}
        {inBar.has('reactions') && <ReactionsButton group={group} />}
        {inBar.has('chat') && <ChatButton />}
        {meeting && inBar.has('room') && <MeetingButton meeting={meeting} />}
        {inBar.has('people') && <PeopleButton {...props} />}
        {inBar.has('add') && <AddPersonButton />}
        {inBar.has('view') && <ViewSwitch {...choice} />}
        {inBar.has('record') && <RecordButton recordings={recordings} onRecord={() => setRecordAsked(true)} />}
        <Flyout
          label={text('callMore')}
          class={`round-button${isHandHidden ? ' sharing' : ''}`}
          icon={<Ellipsis aria-hidden="true" />}
          width={316}
        >
          {(close) => <MoreItems {...props} fit={fit} close={close} onRecord={() => setRecordAsked(true)} />}
        </Flyout>
        <LeaveButton actions={actions} />
      </section>
      {isRecordAsked && record && (
        <RecordDialog
          record={record}
          ownPicture={group.model.stage.value.ownRecorded ?? 'small'}
          onOwnPicture={(ownRecorded) => group.actions.keepStage({ ...group.model.stage.peek(), ownRecorded })}
          onClose={() => setRecordAsked(false)}
        />
      )}
      <CallPanels panel={panel} onClose={() => onPanel('none')} effects={<OwnEffectFields />} />
    </>
  );
}

function HandButton({ group }: { readonly group: Group }) {
  const isRaised = group.model.ownHandRaised.value;
  const label = text(isRaised ? 'groupLowerHand' : 'groupRaiseHand');
  return (
    <button
      type="button"
      class={`round-button${isRaised ? ' sharing' : ''}`}
      aria-label={label}
      title={text('callWithKey', label, 'H')}
      onClick={() => group.actions.raiseHand(!isRaised)}
    >
      <Hand aria-hidden="true" />
    </button>
  );
}

function PeopleButton({ group, isPeopleOpen, onPeople }: Props) {
  const knocks = group.model.knocks.value.length;
  return (
    <button
      type="button"
      id={peopleButtonId}
      class={`round-button chat-button${isPeopleOpen ? ' quiet' : ''}`}
      aria-label={text('groupPeopleTitle')}
      aria-expanded={isPeopleOpen}
      aria-controls={isPeopleOpen ? peoplePanelId : undefined}
      aria-description={knocks > 0 ? plural('groupWaiting', knocks) : undefined}
      title={text('callWithKey', text('groupPeopleTitle'), 'P')}
      onClick={onPeople}
    >
      <Users aria-hidden="true" />
      {knocks > 0 && (
        // Written by CSS: the button's name is what it is called, without a figure.
        <span class="chat-unread people-waiting" data-count={knocks} />
      )}
    </button>
  );
}

interface MoreProps extends Props {
  readonly fit: BarFit;
  readonly close: () => void;
  readonly onRecord: () => void;
}

function MoreItems({ fit: { inBar }, close, onRecord, ...props }: MoreProps) {
  const { group, choice, fullScreen, miniWindow, onPanel } = props;
  const meeting = group.model.meeting.value;
  const choose = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <>
      <FlipItem close={close} />
      {meeting && !inBar.has('room') && <MeetingItem meeting={meeting} close={close} />}
      {!inBar.has('reactions') && <ReactionChoice group={group} />}
      {!inBar.has('hand') && <HandItem group={group} />}
      {!inBar.has('screen') && canShareScreen && <ScreenItem close={close} />}
      {!inBar.has('add') && !group.isGuest && (
        <MenuItem icon={UserPlus} label={text('groupAddPerson')} onClick={choose(group.onAdd)} />
      )}
      {!inBar.has('view') && (
        <>
          <hr class="menu-line" />
          <ViewItems {...choice} />
          <hr class="menu-line" />
        </>
      )}
      {!inBar.has('record') && (
        <RecordItem recordings={group.model.recordings.value} onRecord={onRecord} close={close} />
      )}
      {miniWindow.isPossible && (
        <MenuItem
          icon={PictureInPicture2}
          label={text('groupMiniWindow')}
          isPressed={miniWindow.isOpen}
          onClick={choose(miniWindow.toggle)}
        />
      )}
      {miniWindow.opensByItself && (
        <MenuItem
          icon={PanelTopOpen}
          label={text('callMiniByItself')}
          isPressed={props.opensMini}
          onClick={() => props.onOpensMini(!props.opensMini)}
        />
      )}
      {!inBar.has('devices') && (
        <MenuItem icon={Settings2} label={text('callDevices')} onClick={choose(() => onPanel('devices'))} />
      )}
      <PageItems fullScreen={fullScreen} onPanel={onPanel} close={close} />
    </>
  );
}

function HandItem({ group }: { readonly group: Group }) {
  const isRaised = group.model.ownHandRaised.value;
  return (
    <MenuItem
      icon={Hand}
      label={text(isRaised ? 'groupLowerHand' : 'groupRaiseHand')}
      onClick={() => group.actions.raiseHand(!isRaised)}
    />
  );
}

function ScreenItem({ close }: Pick<MoreProps, 'close'>) {
  const { model, actions } = useOwn();
  const isSharing = model.screen.value === 'on';
  return (
    <MenuItem
      icon={isSharing ? ScreenShareOff : ScreenShare}
      label={text(isSharing ? 'callStopSharing' : 'callShareScreen')}
      isDisabled={model.screen.value === 'starting'}
      onClick={() => {
        close();
        actions.toggleScreen();
      }}
    />
  );
}

/** Phones have a camera on each side. */
function FlipItem({ close }: Pick<MoreProps, 'close'>) {
  const { model, actions } = useOwn();
  const cameraId = isTouched() && model.camera.value === 'on' ? nextCamera(model) : undefined;
  if (cameraId === undefined) return null;
  return (
    <MenuItem
      icon={SwitchCamera}
      label={text('callFlipCamera')}
      onClick={() => {
        close();
        actions.chooseDevices({ cameraId });
      }}
    />
  );
}
