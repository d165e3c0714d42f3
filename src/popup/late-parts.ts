// What the first screen of the popup does without: it is loaded right behind it.
import { latePart } from '../ui/late-part.tsx';

/** The own link to give away. */
export const lateInvite = latePart(async () => (await import('../ui/invite/invite.tsx')).Invite, {
  failed: 'callNotLoaded',
  placeClass: 'late-invite',
});

/** People come before rooms: without their list the popup still calls. */
export const lateRooms = latePart(async () => (await import('./room-list.tsx')).RoomList);

/** Messages that were left. */
export const lateMessages = latePart(async () => (await import('./message-notice.tsx')).MessageNotice);

/** Everything about one contact. */
export const lateContact = latePart(async () => (await import('./contact-dialog.tsx')).ContactDialog, {
  failed: 'callNotLoaded',
});
