// The call itself: the other side fills the stage, the own picture sits in a corner above the controls.
import { MicOff } from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { Panel } from '../controls/call-buttons.tsx';
import { DeviceNotices } from '../controls/device-notices.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { Avatar } from '../kit/avatar.tsx';
import { CallTimer } from '../kit/call-timer.tsx';
import { LocalPicture } from '../kit/local-picture.tsx';
import { useFullScreen } from '../kit/use-full-screen.ts';
import { useIdle } from '../kit/use-idle.ts';
import { useShownSize } from '../kit/use-shown-size.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { CallActions, CallModel, CallPhase } from '../model/call-model.ts';
import { useGroup } from '../model/group-context.ts';
import { ContactCard } from '../people/contact-card.tsx';
import { KnockNotices } from '../people/knock-notices.tsx';
import { SecurityCard } from '../people/security-card.tsx';
import { StrangerMark } from '../people/stranger-mark.tsx';
import { BandwidthNotice } from '../quality/bandwidth-notice.tsx';
import { linkWords, SignalBars } from '../quality/signal-bars.tsx';
import { StatisticsPanel } from '../quality/statistics-panel.tsx';
import { Controls } from './controls.tsx';
import { RemotePicture } from './remote-picture.tsx';
import { OwnScreenNote, RemoteScreen } from './screen-tile.tsx';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly phase: Extract<CallPhase, { phase: 'connecting' | 'connected' | 'reconnecting' }>;
}

export function InCallView({ model, actions, phase }: Props) {
  const stage = useRef<HTMLElement>(null);
  const group = useGroup();
  const other = group?.model.participants.value[0];
  const [panel, setPanel] = useState<Panel>('none');
  const [showsStatistics, setShowsStatistics] = useState(false);
  const toggleStatistics = () => setShowsStatistics((shows) => !shows);
  const fullScreen = useFullScreen();
  useCallShortcuts({
    model,
    actions,
    onFullScreen: fullScreen.toggle,
    onHelp: () => setPanel('shortcuts'),
    onStatistics: toggleStatistics,
  });
  const hasRemotePicture = model.remoteCameraOn.value && phase.phase !== 'connecting';
  const remoteScreen =
    phase.phase !== 'connecting' && model.remoteScreenOn.value ? model.remoteScreen.value : undefined;
  const hasSomethingToWatch = hasRemotePicture || remoteScreen !== undefined;
  const isCalm = phase.phase === 'connected' && panel === 'none' && !showsStatistics && model.screen.value !== 'on';
  const isIdle = useIdle(5_000) && hasSomethingToWatch && isCalm;
  return (
    <main ref={stage} class={`stage in-call${isIdle ? ' idle' : ''}${remoteScreen ? ' presenting' : ''}`}>
      <ViewHeading hidden>{text('callWith', model.contactName.value)}</ViewHeading>
      {remoteScreen && (
        <RemoteScreen name={model.contactName.value} stream={remoteScreen} speakerId={model.chosen.value.speakerId} />
      )}
      <RemoteTile model={model} phase={phase.phase} />
      <div class="top-bar">
        <div class="top-bar-person">
          <span class="top-bar-name">{model.contactName.value}</span>
          {group && <StrangerMark group={group} />}
          {phase.phase !== 'connecting' && (
            <>
              <CallTimer sinceMs={phase.sinceMs} />
              <SignalButton model={model} isOpen={showsStatistics} onClick={toggleStatistics} />
            </>
          )}
        </div>
      </div>
      <div class="side-notes">
        {group && <KnockNotices group={group} />}
        <SecurityCard check={model.security.value} name={model.contactName.value} actions={actions} />
        {group && other && (
          <ContactCard id={other.id} name={model.contactName.value} state={other.card.value} actions={group.actions} />
        )}
        <BandwidthNotice model={model} actions={actions} />
        <DeviceNotices model={model} />
      </div>
      <OwnTile model={model} isUp={phase.phase !== 'connecting'} />
      <OwnScreenNote model={model} actions={actions} />
      {showsStatistics && <StatisticsPanel model={model} onClose={() => setShowsStatistics(false)} />}
      {phase.phase === 'connected' && phase.isBack && (
        // The live region says it; this is for the eye and goes by itself.
        <p class="back-online" aria-hidden="true">
          {text('callBackOnline')}
        </p>
      )}
      {model.mutedSpeaking.value && model.microphone.value === 'off' && (
        <p class="muted-hint">
          <MicOff size={18} aria-hidden="true" />
          {text('callYouAreMuted')}
          <button type="button" class="button primary" onClick={() => actions.toggleMicrophone()}>
            {text('callUnmuteShort')}
          </button>
        </p>
      )}
      <Controls model={model} actions={actions} fullScreen={fullScreen} panel={panel} onPanel={setPanel} />
    </main>
  );
}

/** The other side's bars, which open the figures behind them. */
function SignalButton({
  model,
  isOpen,
  onClick,
}: {
  readonly model: CallModel;
  readonly isOpen: boolean;
  readonly onClick: () => void;
}) {
  const side = model.remoteQuality.value;
  return (
    <button
      type="button"
      class="signal-button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? 'statistics' : undefined}
      title={text('callWithKey', text('callStatistics'), 'I')}
      onClick={onClick}
    >
      <SignalBars side={side} whose="theirs" />
      {side.level !== 'good' && (
        <span class="signal-words" aria-hidden="true">
          {linkWords(side, 'theirs')}
        </span>
      )}
    </button>
  );
}

function RemoteTile({ model, phase }: { readonly model: CallModel; readonly phase: Props['phase']['phase'] }) {
  const tile = useRef<HTMLElement>(null);
  const group = useGroup();
  const id = group?.model.participants.value[0]?.id ?? '';
  useShownSize(tile, id, (size) => {
    if (id !== '') group?.actions.shownAt('person', id, size);
  });
  const name = model.contactName.value;
  const stream = model.remoteStream.value;
  const isProven = phase !== 'connecting';
  const isPaused = model.remoteCameraOn.value && model.remotePaused.value;
  const hasPicture = model.remoteCameraOn.value && !isPaused && isProven && stream !== undefined;
  const isSpeaking = model.remoteSpeaking.value && phase === 'connected';
  const states = ['remote-tile', isSpeaking ? 'speaking' : '', phase === 'reconnecting' ? 'interrupted' : ''];
  return (
    <section ref={tile} class={states.join(' ').trim()} aria-label={name || text('callTheOther')}>
      <RemotePicture
        name={name}
        stream={stream}
        speakerId={model.chosen.value.speakerId}
        isProven={isProven}
        hasPicture={hasPicture}
      />
      {hasPicture ? (
        phase === 'reconnecting' && (
          <div class="over-picture">
            <Interrupted />
          </div>
        )
      ) : (
        <div class="no-picture">
          <Avatar id={model.contactId.value} name={name} speaking={isSpeaking} />
          {phase === 'connecting' && <p class="stage-state">{text('callConnecting')}</p>}
          {phase === 'connected' && stream !== undefined && (
            <p>{text(isPaused ? 'callRemotePaused' : 'callRemoteCameraOff', name)}</p>
          )}
          {phase === 'reconnecting' && <Interrupted />}
        </div>
      )}
      {!model.remoteMicrophoneOn.value && (
        <p class="badge remote-muted">
          <MicOff size={16} aria-hidden="true" />
          {text('callRemoteMuted', name)}
        </p>
      )}
    </section>
  );
}

function Interrupted() {
  return (
    <div class="interrupted-words">
      <p class="stage-state">{text('callReconnecting')}</p>
      <p>{text('callReconnectingHint')}</p>
    </div>
  );
}

function OwnTile({ model, isUp }: { readonly model: CallModel; readonly isUp: boolean }) {
  const picture = model.localPicture.value;
  const isMuted = model.microphone.value !== 'on' && model.microphone.value !== 'starting';
  const isCameraOff = model.camera.value !== 'on' && model.camera.value !== 'starting';
  return (
    <section class={`own-tile${model.localSpeaking.value ? ' speaking' : ''}`} aria-label={text('callYou')}>
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        isCameraOff && <p class="own-tile-words">{text('callYourCameraIsOff')}</p>
      )}
      {isMuted && (
        <p class="badge own-muted">
          <MicOff size={14} aria-hidden="true" />
          {text('callMutedShort')}
        </p>
      )}
      {isUp && (
        <p class="badge own-signal" title={linkWords(model.ownQuality.value, 'own')}>
          <SignalBars side={model.ownQuality.value} whose="own" />
        </p>
      )}
    </section>
  );
}
