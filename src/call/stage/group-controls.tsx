// The bar of buttons under a group call. Where it is narrow, only what is needed at once stays in it; a menu has the rest.
import { Ellipsis, Hand, PictureInPicture2, ScreenShare, ScreenShareOff, Users } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import { plural, text } from '../../ui/texts/text.ts';
import { ChatButton } from '../chat/chat-button.tsx';
import {
  CallPanels,
  canShareScreen,
  LeaveButton,
  PageItems,
  type Panel,
  ScreenButton,
} from '../controls/call-buttons.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { Flyout } from '../kit/flyout.tsx';
import { MenuItem } from '../kit/menu-item.tsx';
import { useElementSize } from '../kit/use-element-size.ts';
import type { FullScreen } from '../kit/use-full-screen.ts';
import type { MiniWindow } from '../kit/use-mini-window.ts';
import type { CallActions, CallModel } from '../model/call-model.ts';
import type { Group } from '../model/group-context.ts';
import { peopleButtonId, peoplePanelId } from '../people/people-panel.tsx';
import { ReactionChoice, ReactionsButton } from './reactions.tsx';
import { type ViewChoice, ViewItems, ViewSwitch } from './view-switch.tsx';

/** Less is too little for every button. */
const wideEnough = 700;

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly group: Group;
  readonly choice: ViewChoice;
  readonly fullScreen: FullScreen;
  readonly miniWindow: MiniWindow;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
  readonly isPeopleOpen: boolean;
  readonly onPeople: () => void;
}

export function GroupControls(props: Props) {
  const { model, actions, group, choice, panel, onPanel } = props;
  const bar = useRef<HTMLElement>(null);
  const isWide = useElementSize(bar).width >= wideEnough;
  return (
    <>
      <section ref={bar} class="controls" aria-label={text('callControls')}>
        <DeviceToggles model={model} actions={actions} />
        {isWide && (
          <>
            <ScreenButton model={model} actions={actions} />
            <HandButton group={group} />
            <ReactionsButton group={group} />
          </>
        )}
        <ChatButton />
        <PeopleButton {...props} />
        {isWide && <ViewSwitch {...choice} />}
        <Flyout
          label={text('callMore')}
          class={`round-button${!isWide && group.model.ownHandRaised.value ? ' sharing' : ''}`}
          icon={<Ellipsis aria-hidden="true" />}
          width={316}
        >
          {(close) => <MoreItems {...props} isWide={isWide} close={close} />}
        </Flyout>
        <LeaveButton actions={actions} />
      </section>
      <CallPanels model={model} actions={actions} panel={panel} onClose={() => onPanel('none')} isGroup />
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
      aria-pressed={isRaised}
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
  readonly isWide: boolean;
  readonly close: () => void;
}

function MoreItems({ isWide, close, ...props }: MoreProps) {
  const { model, actions, group, choice, fullScreen, miniWindow, onPanel } = props;
  const isSharing = model.screen.value === 'on';
  const isRaised = group.model.ownHandRaised.value;
  return (
    <>
      {!isWide && (
        <>
          <ReactionChoice group={group} />
          <MenuItem
            icon={Hand}
            label={text(isRaised ? 'groupLowerHand' : 'groupRaiseHand')}
            isPressed={isRaised}
            onClick={() => group.actions.raiseHand(!isRaised)}
          />
          {canShareScreen && (
            <MenuItem
              icon={isSharing ? ScreenShareOff : ScreenShare}
              label={text(isSharing ? 'callStopSharing' : 'callShareScreen')}
              isPressed={isSharing}
              isDisabled={model.screen.value === 'starting'}
              onClick={() => {
                close();
                actions.toggleScreen();
              }}
            />
          )}
          <hr class="menu-line" />
          <ViewItems {...choice} />
          <hr class="menu-line" />
        </>
      )}
      {miniWindow.isPossible && (
        <MenuItem
          icon={PictureInPicture2}
          label={text('groupMiniWindow')}
          isPressed={miniWindow.isOpen}
          onClick={() => {
            close();
            miniWindow.toggle();
          }}
        />
      )}
      <PageItems fullScreen={fullScreen} onPanel={onPanel} close={close} />
    </>
  );
}
