// The round buttons of the bar under a call, and the panels that they open.

import { Keyboard, Maximize, Minimize, ScreenShare, ScreenShareOff, Settings2 } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { hasDevices } from '../../ui/abilities/call-abilities.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { HangUpIcon } from '../../ui/hang-up-icon.tsx';
import { latePart } from '../../ui/late-part.tsx';
import { LevelMeter } from '../../ui/sound/level-meter.tsx';
import { text } from '../../ui/texts/text.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import { MenuItem } from '../kit/menu-item.tsx';
import type { FullScreen } from '../kit/use-full-screen.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallActions } from '../model/person-model.ts';
import { DeviceFields } from './device-fields.tsx';

const { Part: ShortcutsHelp } = latePart(async () => (await import('./shortcuts-help.tsx')).ShortcutsHelp, {
  failed: 'callNotLoaded',
});

export type Panel = 'none' | 'devices' | 'shortcuts';

/** Not in browsers on phones. */
export const canShareScreen = hasDevices() && 'getDisplayMedia' in navigator.mediaDevices;

export function ScreenButton() {
  const { model, actions } = useOwn();
  const isSharing = model.screen.value === 'on';
  const label = text(isSharing ? 'callStopSharing' : 'callShareScreen');
  if (!canShareScreen) return null;
  return (
    <button
      type="button"
      class={`round-button${isSharing ? ' sharing' : ''}`}
      aria-label={label}
      title={text('callWithKey', label, 'S')}
      disabled={model.screen.value === 'starting'}
      onClick={() => actions.toggleScreen()}
    >
      {isSharing ? <ScreenShareOff aria-hidden="true" /> : <ScreenShare aria-hidden="true" />}
    </button>
  );
}

export function LeaveButton({ actions }: { readonly actions: Pick<CallActions, 'leave'> }) {
  return (
    <button type="button" class="round-button leave" title={text('callLeave')} onClick={() => actions.leave()}>
      <HangUpIcon />
    </button>
  );
}

interface PageProps {
  readonly fullScreen: FullScreen;
  readonly onPanel: (panel: Panel) => void;
}

export function DevicesButton({ onPanel }: Pick<PageProps, 'onPanel'>) {
  return (
    <button
      type="button"
      class="round-button"
      aria-haspopup="dialog"
      title={text('callDevices')}
      onClick={() => onPanel('devices')}
    >
      <Settings2 aria-hidden="true" />
    </button>
  );
}

/** What concerns the page more than the call, in a menu. It closes first, so that the focus has somewhere to come back to. */
export function PageItems({ fullScreen, onPanel, close }: PageProps & { readonly close: () => void }) {
  const choose = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <>
      {fullScreen.isPossible && (
        <MenuItem
          icon={fullScreen.isOn ? Minimize : Maximize}
          label={text(fullScreen.isOn ? 'callExitFullScreen' : 'callFullScreen')}
          keys="F"
          onClick={choose(fullScreen.toggle)}
        />
      )}
      <MenuItem icon={Keyboard} label={text('callShortcuts')} keys="?" onClick={choose(() => onPanel('shortcuts'))} />
    </>
  );
}

interface PanelsProps {
  readonly panel: Panel;
  readonly onClose: () => void;
  /** Stands among the devices. */
  readonly effects: ComponentChildren;
}

export function CallPanels({ panel, onClose, effects }: PanelsProps) {
  if (panel === 'shortcuts') return <ShortcutsHelp onClose={onClose} />;
  if (panel === 'none') return null;
  return (
    <Dialog closesBeside title={text('callDevices')} onClose={onClose}>
      <OwnCheck />
      <DeviceFields>{effects}</DeviceFields>
      <button type="button" class="button primary" onClick={onClose}>
        {text('callDone')}
      </button>
    </Dialog>
  );
}

/** How the chosen devices look and sound. */
function OwnCheck() {
  const { model } = useOwn();
  const picture = model.picture.value;
  return (
    <div class="own-check">
      {picture && (
        <div class="own-check-picture">
          <LocalPicture stream={picture} />
        </div>
      )}
      <div class="level-line">
        <span class="hint">{text('callMicrophoneLevel')}</span>
        <LevelMeter level={model.level} />
      </div>
    </div>
  );
}
