// Someone calls. Nothing but buttons answers, and none of them has the focus: a stray key must not accept or decline.
import { Phone, PhoneOff, Video } from 'lucide-preact';
import { text } from '../platform/text.ts';
import { AddressNotice } from './address-notice.tsx';
import { Avatar } from './avatar.tsx';
import type { CallActions, CallModel } from './call-model.ts';
import { ViewHeading } from './view-heading.tsx';

export function IncomingView({ model, actions }: { readonly model: CallModel; readonly actions: CallActions }) {
  const name = model.contactName.value;
  const isVideo = model.media.value === 'video';
  const withVideo = (
    <button
      type="button"
      class={`button large${isVideo ? ' primary' : ''}`}
      key="video"
      onClick={() => actions.answer('video')}
    >
      <Video size={20} aria-hidden="true" />
      {text('callAcceptVideo')}
    </button>
  );
  const withAudio = (
    <button
      type="button"
      class={`button large${isVideo ? '' : ' primary'}`}
      key="audio"
      onClick={() => actions.answer('audio')}
    >
      <Phone size={20} aria-hidden="true" />
      {text('callAcceptAudio')}
    </button>
  );
  return (
    <main class="call-sheet ringing-sheet">
      <div class="ringing-person">
        <div class="ringing-avatar">
          <Avatar name={name} />
        </div>
        <ViewHeading>{text('callIncoming', name)}</ViewHeading>
        <p class="hint">{text(isVideo ? 'callIncomingVideo' : 'callIncomingAudio')}</p>
      </div>
      <div class="ringing-actions">
        {isVideo ? [withVideo, withAudio] : [withAudio, withVideo]}
        <button type="button" class="button large danger" onClick={() => actions.decline()}>
          <PhoneOff size={20} aria-hidden="true" />
          {text('callDecline')}
        </button>
        {model.addressHiding.value === 'off' ? (
          <p class="hint">{text('callIncomingPrivacy')}</p>
        ) : (
          <AddressNotice model={model} actions={actions} />
        )}
      </div>
    </main>
  );
}
