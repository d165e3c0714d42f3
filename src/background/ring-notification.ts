// System notifications for rings, missed calls and calls of strangers. Buttons where the browser has them; a click opens the page everywhere.
import browser from 'webextension-polyfill';
import type { Lookalike } from '../core/base/lookalike-name.ts';
import type { RingView } from '../core/call/requests.ts';
import { showNotification } from '../platform/extension/browser-notification.ts';
import { clockText } from '../ui/format/duration.ts';
import { plural, text } from '../ui/texts/text.ts';
import type { KnockNotice } from './doors/door-bell.ts';

const ringPrefix = 'ring:';
const missedPrefix = 'missed:';
const requestPrefix = 'request:';
const knockPrefix = 'knock:';
const iconUrl = 'icons/128.png';

function kindOf({ media, others = 0 }: RingView): string {
  const isVideo = media === 'video';
  if (others === 0) return text(isVideo ? 'ringVideo' : 'ringAudio');
  return plural(isVideo ? 'ringVideoMore' : 'ringAudioMore', others);
}

export async function showRingNotification(view: RingView): Promise<void> {
  const kind = kindOf(view);
  await showNotification(ringPrefix + view.callId, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('ringTitle', view.contactName),
    message: kind,
    messageWithoutButtons: text('ringClickToAnswer', kind),
    buttons: [{ title: text('ringAccept') }, { title: text('ringDecline') }],
    requireInteraction: true,
    silent: true,
  });
}

export async function clearRingNotification(callId: string): Promise<void> {
  await browser.notifications.clear(ringPrefix + callId);
}

export async function showMissedNotification(contactId: string, contactName: string): Promise<void> {
  await showNotification(missedPrefix + contactId, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('missedTitle', contactName),
    message: text('missedMessage'),
  });
}

/** A contact has left a message: it comes with the next call of the two. */
export async function showLeftNotification(contactId: string, contactName: string, seconds: number): Promise<void> {
  await showNotification(missedPrefix + contactId, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('leftTitle', contactName, clockText(seconds * 1_000)),
    message: text('leftMessage'),
  });
}

/** Somebody who is no contact has called. Without a sound: anybody who has the link can do that, under any name. */
export async function showRequestNotification(
  id: string,
  name: string,
  lookalike: Lookalike | undefined,
): Promise<void> {
  const who = name || text('popupNamelessContact', id.slice(0, 8));
  await showNotification(requestPrefix + id, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('requestTitle', who),
    message: lookalike ? text('requestLookalike', who) : text('requestMessage'),
    silent: true,
  });
}

/** Somebody who came by an invitation for later, while no page is open. */
export async function showDoorNotification({ contactId, name, title, holds }: KnockNotice): Promise<void> {
  const words = [
    title === '' ? text('knockMessage') : text('knockTitled', title),
    ...(holds ? [text('knockHolds')] : []),
  ];
  await showNotification(knockPrefix + contactId, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('groupKnocks', name),
    message: words.join(' '),
    messageWithoutButtons: [title, text('knockClick')].filter(Boolean).join(': '),
    buttons: [{ title: text('groupAdmit') }, { title: text('groupRefuse') }],
    requireInteraction: true,
    silent: true,
  });
}

/** Somebody asks to be let into the call, whose page nobody looks at. */
export async function showKnockNotification(id: string, name: string): Promise<void> {
  await showNotification(knockPrefix + id, {
    iconUrl: browser.runtime.getURL(iconUrl),
    title: text('groupKnocks', name),
    message: text('knockMessage'),
    messageWithoutButtons: text('knockClick'),
    buttons: [{ title: text('groupAdmit') }, { title: text('groupRefuse') }],
    requireInteraction: true,
    silent: true,
  });
}

export async function clearKnockNotification(id: string): Promise<void> {
  await browser.notifications.clear(knockPrefix + id);
}

export interface NotificationChoices {
  /** The ring's Accept button: with what the caller offers. */
  accept(callId: string): void;
  decline(callId: string): void;
  /** The ring's body: show the ringing page. */
  look(callId: string): void;
  /** A missed call's body: prepare a call back. */
  callBack(contactId: string): void;
  /** The buttons of a knock. */
  answerKnock(contactId: string, admits: boolean): void;
  /** The body of a knock: show the page where they wait. */
  lookAtKnock(contactId: string): void;
  /** A stranger's call: show who waits. */
  showRequests(): void;
}

/** Listens for clicks. Call in the first tick: a click wakes the worker. */
export function listenForNotificationClicks(choices: NotificationChoices): void {
  browser.notifications.onButtonClicked?.addListener((id, button) => {
    if (id.startsWith(knockPrefix)) choices.answerKnock(id.slice(knockPrefix.length), button === 0);
    if (!id.startsWith(ringPrefix)) return;
    const callId = id.slice(ringPrefix.length);
    if (button === 0) choices.accept(callId);
    else choices.decline(callId);
  });
  browser.notifications.onClicked.addListener((id) => {
    if (id.startsWith(ringPrefix)) choices.look(id.slice(ringPrefix.length));
    else if (id.startsWith(missedPrefix)) {
      void browser.notifications.clear(id);
      choices.callBack(id.slice(missedPrefix.length));
    } else if (id.startsWith(knockPrefix)) choices.lookAtKnock(id.slice(knockPrefix.length));
    else if (id.startsWith(requestPrefix)) {
      void browser.notifications.clear(id);
      choices.showRequests();
    }
  });
}
