// The bar of buttons under a call of two. Where it is narrow, what concerns the page goes to a menu.
import { Ellipsis } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { ChatButton } from '../chat/chat-button.tsx';
import {
  CallPanels,
  LeaveButton,
  PageButtons,
  PageItems,
  type Panel,
  ScreenButton,
} from '../controls/call-buttons.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { Flyout } from '../kit/flyout.tsx';
import { useElementSize } from '../kit/use-element-size.ts';
import type { FullScreen } from '../kit/use-full-screen.ts';
import type { CallActions, CallModel } from '../model/call-model.ts';
import { AddPersonButton } from '../people/add-person-button.tsx';

/** Less is too little for every button. */
const wideEnough = 620;

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly fullScreen: FullScreen;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
}

export function Controls({ model, actions, fullScreen, panel, onPanel }: Props) {
  const bar = useRef<HTMLElement>(null);
  const isWide = useElementSize(bar).width >= wideEnough;
  return (
    <>
      <section ref={bar} class="controls" aria-label={text('callControls')}>
        <DeviceToggles model={model} actions={actions} />
        <ScreenButton model={model} actions={actions} />
        <ChatButton />
        <AddPersonButton />
        {isWide ? (
          <PageButtons fullScreen={fullScreen} onPanel={onPanel} />
        ) : (
          <Flyout label={text('callMore')} class="round-button" icon={<Ellipsis aria-hidden="true" />} width={260}>
            {(close) => <PageItems fullScreen={fullScreen} onPanel={onPanel} close={close} />}
          </Flyout>
        )}
        <LeaveButton actions={actions} />
      </section>
      <CallPanels model={model} actions={actions} panel={panel} onClose={() => onPanel('none')} />
    </>
  );
}
