// The bar of buttons under a call, and the panels that they open.
import { Keyboard, Maximize, Minimize, PhoneOff, ScreenShare, ScreenShareOff, Settings2 } from 'lucide-preact';
import { text } from '../platform/text.ts';
import type { CallActions, CallModel } from './call-model.ts';
import { ChatButton } from './chat-button.tsx';
import { DeviceFields } from './device-fields.tsx';
import { DeviceToggles } from './device-toggles.tsx';
import type { Panel } from './in-call-view.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import type { FullScreen } from './use-full-screen.ts';

/** Not in browsers on phones. */
const canShareScreen = 'getDisplayMedia' in navigator.mediaDevices;

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly fullScreen: FullScreen;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
}

export function Controls({ model, actions, fullScreen, panel, onPanel }: Props) {
  const closePanel = () => onPanel('none');
  const isSharing = model.screen.value === 'on';
  const shareLabel = text(isSharing ? 'callStopSharing' : 'callShareScreen');
  const fullScreenLabel = text(fullScreen.isOn ? 'callExitFullScreen' : 'callFullScreen');
  return (
    <>
      <section class="controls" aria-label={text('callControls')}>
        <DeviceToggles model={model} actions={actions} />
        {canShareScreen && (
          <button
            type="button"
            class={`round-button${isSharing ? ' sharing' : ''}`}
            aria-label={shareLabel}
            aria-pressed={isSharing}
            title={text('callWithKey', shareLabel, 'S')}
            disabled={model.screen.value === 'starting'}
            onClick={() => actions.toggleScreen()}
          >
            {isSharing ? <ScreenShareOff aria-hidden="true" /> : <ScreenShare aria-hidden="true" />}
          </button>
        )}
        <ChatButton />
        <button
          type="button"
          class="round-button"
          aria-label={text('callDevices')}
          aria-haspopup="dialog"
          title={text('callDevices')}
          onClick={() => onPanel('devices')}
        >
          <Settings2 aria-hidden="true" />
        </button>
        {fullScreen.isPossible && (
          <button
            type="button"
            class="round-button"
            aria-label={fullScreenLabel}
            title={text('callWithKey', fullScreenLabel, 'F')}
            onClick={fullScreen.toggle}
          >
            {fullScreen.isOn ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
          </button>
        )}
        <button
          type="button"
          class="round-button"
          aria-label={text('callShortcuts')}
          aria-haspopup="dialog"
          title={text('callWithKey', text('callShortcuts'), '?')}
          onClick={() => onPanel('shortcuts')}
        >
          <Keyboard aria-hidden="true" />
        </button>
        <button
          type="button"
          class="round-button leave"
          aria-label={text('callLeave')}
          title={text('callLeave')}
          onClick={() => actions.leave()}
        >
          <PhoneOff aria-hidden="true" />
        </button>
      </section>
      {panel === 'devices' && (
        <ModalDialog title={text('callDevices')} onClose={closePanel}>
          <DeviceFields model={model} actions={actions} />
          <button type="button" class="button primary" onClick={closePanel}>
            {text('callDone')}
          </button>
        </ModalDialog>
      )}
      {panel === 'shortcuts' && <ShortcutsHelp onClose={closePanel} />}
    </>
  );
}
