// What is sent to somebody who shall come: a link, and around it what a person needs to know to use it. The words stand before the link, on lines
// of their own, so that mail and chat programs neither swallow a full stop into it nor cut it off.
import { type Appointment, calendarFile } from '../../core/base/calendar-file.ts';
import { linkOnPage } from '../../core/network/own-servers.ts';
import { formatTag, text } from '../texts/text.ts';

export interface Invitation {
  /** The contact link or guest link, `ffc:1:…`. */
  readonly link: string;
  /** Whom the link leads to: a person, who can be added by it, or one call, where its bearer may ask to be let in. */
  readonly to: 'person' | 'call';
  /** Who invites. */
  readonly name: string;
  /** Whether the link names a relay: without one it leads nowhere. */
  readonly hasRelay: boolean;
  /** The address of a web page that knows what to do with the link (core/network/own-servers.ts); undefined where there is none. */
  readonly page?: string | undefined;
  /** When the call is, ms since the epoch; undefined where nothing is set. */
  readonly time?: { readonly from: number; readonly until: number } | undefined;
  /** What the call is about. */
  readonly title?: string | undefined;
}

/** The link as it is sent. */
export function addressOf({ link, page }: Pick<Invitation, 'link' | 'page'>): string {
  return linkOnPage(link, page);
}

/** One line: who invites, and to what. */
export function subjectOf({ to, name, title }: Invitation): string {
  if (title) return text('inviteSubjectTitled', title, name);
  return text(to === 'person' ? 'inviteSubjectPerson' : 'inviteSubjectCall', name);
}

const sentences = {
  person: { page: 'invitePersonPage', plain: 'invitePersonPlain' },
  call: { page: 'inviteCallPage', plain: 'inviteCallPlain' },
} as const;

/** What the person reads who gets it, with the link on a line of its own. */
export function invitationText(invitation: Invitation): string {
  const { to, name, page, time, title } = invitation;
  const sentence = text(sentences[to][page === undefined ? 'plain' : 'page'], name, text('popupAddContact'));
  return [
    ...(title ? [title] : []),
    ...(time ? [spanWords(time)] : []),
    ...(title || time ? [''] : []),
    sentence,
    '',
    addressOf(invitation),
    ...(to === 'call' ? ['', text('inviteLetIn')] : []),
  ].join('\n');
}

/** Day and times, in the language of the texts, with the time zone: whoever reads it may live in another. */
function spanWords({ from, until }: { readonly from: number; readonly until: number }): string {
  const format = new Intl.DateTimeFormat(formatTag(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return format.formatRange(from, until);
}

/** Opens the person's own mail program; nothing is sent by it (RFC 6068). */
export function mailAddress(invitation: Invitation): string {
  // Lines end with CR LF in mail.
  const body = invitationText(invitation).replaceAll('\n', '\r\n');
  return `mailto:?subject=${encodeURIComponent(subjectOf(invitation))}&body=${encodeURIComponent(body)}`;
}

/** The text of an `.ics` file; undefined where no time is set. @param now ms since the epoch. */
export function invitationCalendar(invitation: Invitation, uid: string, now: number): string | undefined {
  if (!invitation.time) return undefined;
  const appointment: Appointment = {
    uid,
    madeAt: now,
    ...invitation.time,
    title: subjectOf(invitation),
    text: invitationText(invitation),
    url: addressOf(invitation),
  };
  return calendarFile(appointment);
}
