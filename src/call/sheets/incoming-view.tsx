// Someone calls. Nothing but buttons answers, and none of them has the focus: a stray key must not accept or decline.
import { Phone, Video } from 'lucide-preact';
import type { CallMedia } from '../../core/identity/contact.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { HangUpIcon } from '../../ui/hang-up-icon.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { CallActions, PageActions, PersonModel } from '../model/person-model.ts';
import { AddressNotice } from './address-notice.tsx';

/** How many more there are is what the caller says: nobody here can know it. */
function incomingWords(media: CallMedia, name: string, others: number): string {
  const isVideo = media === 'video';
  if (others === 0) return text(isVideo ? 'callIncomingVideo' : 'callIncomingAudio');
  return plural(isVideo ? 'callIncomingVideoMore' : 'callIncomingAudioMore', others, name);
}

interface Props {
  readonly model: PersonModel;
  readonly actions: CallActions;
  readonly page: PageActions;
}

export function IncomingView({ model, actions, page }: Props) {
  const name = model.contactName.value;
  const isVideo = model.media.value === 'video';
  const others = model.others.value;
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
          <Avatar id={model.contactId.value} name={name} />
        </div>
        <ViewHeading>{text('callIncoming', name)}</ViewHeading>
        <p class="hint">{incomingWords(model.media.value, name, others)}</p>
      </div>
      <div class="ringing-actions">
        {isVideo ? [withVideo, withAudio] : [withAudio, withVideo]}
        <button type="button" class="button large danger" onClick={() => actions.decline()}>
          <HangUpIcon size={20} />
          {text('callDecline')}
        </button>
        {model.addressHiding.value === 'off' ? (
          <p class="hint">{others > 0 ? text('callIncomingPrivacyGroup', name) : text('callIncomingPrivacy')}</p>
        ) : (
          <AddressNotice model={model} page={page} />
        )}
      </div>
    </main>
  );
}
