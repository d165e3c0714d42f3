// The popup as a whole: what is urgent first (a ringing call, a running call), then people, then what happened.

import { CalendarClock, DoorOpen, Phone, Settings, UserPlus, Video } from 'lucide-preact';
import { MissingAbilities } from '../ui/abilities/missing-abilities.tsx';
import { SiteAccessNotice } from '../ui/abilities/site-access-notice.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HangUpIcon } from '../ui/hang-up-icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { plural, text } from '../ui/texts/text.ts';
import { AddContactDialog } from './add-contact-dialog.tsx';
import { ContactList } from './contact-list.tsx';
import { LateDoorDialog, LateDoors, LateGuests } from './doors/late-doors.tsx';
import { CallElsewhereBanner } from './elsewhere/call-elsewhere.tsx';
import { GroupCallFooter } from './group-call-footer.tsx';
import { GroupList } from './groups/group-list.tsx';
import { lateContact, lateInvite, lateMessages, lateRooms } from './late-parts.ts';
import { MissedCallsNotice } from './missed-calls.tsx';
import { PopupHeader } from './popup-header.tsx';
import { isToolbarPopup, type PopupModel } from './popup-model.ts';
import { RecentCalls } from './recent-calls.tsx';
import { RequestList } from './request-list.tsx';
import { WordsReminder } from './words-reminder.tsx';

interface PageProps {
  readonly model: PopupModel;
}

/** Another page was opened: room is made for it. */
const leave = (): void => {
  if (isToolbarPopup) window.close();
};

/** Before there is an identity there is exactly one thing to do. */
function Welcome({ model }: PageProps) {
  const lost = model.identity.value?.state === 'lost';
  return (
    <main class="welcome" tabIndex={-1}>
      <img src="/icons/128.png" alt="" width={72} height={72} />
      <h1>{text('productName')}</h1>
      <p>{text(lost ? 'popupLostText' : 'popupWelcomeText')}</p>
      <button type="button" class="button primary" onClick={() => void model.openOptions()}>
        {text(lost ? 'popupRestore' : 'popupGetStarted')}
      </button>
    </main>
  );
}

function RingBanner({ model }: PageProps) {
  const ring = model.ringing.value;
  return (
    <div role="alert">
      {ring ? (
        <section class="banner ringing" aria-label={text('popupIncomingCall')}>
          <div class="banner-who">
            <Avatar name={ring.contactName} id={ring.contactId} size={44} />
            <h2>{text('popupIsCalling', ring.contactName)}</h2>
          </div>
          {ring.others === undefined ? null : <p class="hint">{plural('popupCallingMore', ring.others)}</p>}
          <div class="actions">
            <button type="button" class="button primary small" onClick={() => void model.answer('video')}>
              <Video aria-hidden="true" size={18} />
              {text('popupAcceptVideo')}
            </button>
            <button type="button" class="button small" onClick={() => void model.answer('audio')}>
              <Phone aria-hidden="true" size={18} />
              {text('popupAcceptAudio')}
            </button>
            <button type="button" class="button danger small" onClick={() => void model.decline()}>
              <HangUpIcon size={18} />
              {text('popupDecline')}
            </button>
          </div>
        </section>
      ) : null}
    </div>
  );
}

function HeldCallBanner({ model }: PageProps) {
  const held = model.heldCall.value;
  if (!held) return null;
  const contact = model.contactById(held.contactId);
  return (
    <section class="banner held" aria-label={text('popupRunningCall')}>
      <p>{contact ? text('popupInCallWith', contact.name) : text('popupInCall')}</p>
      <button type="button" class="button primary small" onClick={() => void model.returnToCall()}>
        {text('popupReturnToCall')}
      </button>
    </section>
  );
}

function OpenDialog({ model }: PageProps) {
  const dialog = model.dialog.value;
  const close = () => model.show({ show: 'none' });
  if (dialog.show === 'add')
    return <AddContactDialog model={model} prefilled={dialog.link} from={dialog.from} onClose={close} />;
  if (dialog.show === 'my-link')
    return (
      <Dialog title={text('uiMyLink')} onClose={close}>
        <lateInvite.Part invitation={model.invitation.value} />
        <button type="button" class="button guest-door" onClick={() => void model.openDoor()}>
          <DoorOpen aria-hidden="true" size={18} />
          {text('doorInvite')}
        </button>
        <button type="button" class="button guest-door" onClick={() => model.show({ show: 'new-door' })}>
          <CalendarClock aria-hidden="true" size={18} />
          {text('doorsNew')}
        </button>
      </Dialog>
    );
  if (dialog.show === 'new-door' || dialog.show === 'door')
    return (
      <LateDoorDialog
        doorId={dialog.show === 'door' ? dialog.doorId : undefined}
        drafts={model.drafts}
        onShow={(doorId) => model.show({ show: 'door', doorId })}
        onClose={close}
      />
    );
  const contact = dialog.show === 'more' ? model.contactById(dialog.contactId) : undefined;
  return contact ? <lateContact.Part key={contact.id} model={model} contact={contact} onClose={close} /> : null;
}

export function PopupPage({ model }: PageProps) {
  if (model.identity.value?.state !== 'present') return <Welcome model={model} />;
  const isChoosing = model.chosen.value !== undefined;
  return (
    <>
      <PopupHeader model={model} />
      <main tabIndex={-1}>
        <SiteAccessNotice />
        <div class="urgent">
          <RingBanner model={model} />
          <LateGuests onDone={leave} />
          <HeldCallBanner model={model} />
          <CallElsewhereBanner model={model} />
        </div>
        {model.problem.value === undefined ? null : (
          <p class="problem" role="alert">
            {model.problem.value}
          </p>
        )}
        <MissingAbilities missing={model.missing.value} />
        {isChoosing ? null : (
          <>
            <RequestList model={model} />
            <WordsReminder model={model} />
            <MissedCallsNotice model={model} />
            <lateMessages.Part model={model} />
            <RecentCalls model={model} />
            <GroupList groups={model.groups} onCall={(ids, media) => void model.callAgain(ids, media)} />
          </>
        )}
        <ContactList model={model} />
        {isChoosing ? null : (
          <>
            <LateDoors
              onInvite={() => model.show({ show: 'new-door' })}
              onShow={(doorId) => model.show({ show: 'door', doorId })}
              onDone={leave}
            />
            <lateRooms.Part />
          </>
        )}
      </main>
      <LiveRegion />
      {isChoosing ? <GroupCallFooter model={model} /> : <Footer model={model} />}
      <OpenDialog model={model} />
    </>
  );
}

function Footer({ model }: PageProps) {
  return (
    <footer class="popup-footer">
      <button type="button" class="button primary" onClick={() => model.show({ show: 'add', link: '', from: 'link' })}>
        <UserPlus aria-hidden="true" size={18} />
        {text('popupAddContact')}
      </button>
      <button type="button" class="button" onClick={() => model.show({ show: 'my-link' })}>
        {text('uiMyLink')}
      </button>
      <IconButton icon={Settings} label={text('popupSettings')} onClick={() => void model.openOptions()} />
    </footer>
  );
}
