// What a guest's page shows: how far the visit has come, and what a person can do about it. The visit writes these signals; views only read
// them. Knows no browser and no call.
import { type Signal, signal } from '@preact/signals';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { GuestDoor } from '../../core/identity/guest-door.ts';

/** Why nobody can join from here. */
export type Lack =
  /** The page was put into another one. */
  | 'framed'
  | 'not-secure'
  /** The browser is one inside of an app, without a camera. */
  | 'in-app'
  /** WebRTC is switched off. */
  | 'no-calls'
  | 'too-old'
  /** There is no link in the address. */
  | 'no-link'
  | 'damaged-link'
  | 'newer-link'
  /** It is a contact link: those are for people with the extension. */
  | 'contact-link'
  /** None of the relays that it names may be asked from here. */
  | 'private-relay'
  /** A part of the page could not be loaded. */
  | 'not-loaded';

/** How a visit has ended. `refusals`: how often they have said no in it. */
export interface Over {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly refusals: number;
}

type VisitPhase =
  | { readonly at: 'checking' }
  | { readonly at: 'cannot'; readonly why: Lack }
  /** The door opens later, or has been closed. */
  | { readonly at: 'early' | 'closed' }
  /** Name and devices; nothing was sent yet. */
  | { readonly at: 'join' }
  /** `isTold`: somebody's page shows that we ask. */
  | { readonly at: 'asking'; readonly isTold: boolean }
  | { readonly at: 'call' }
  | { readonly at: 'over'; readonly over: Over };

/** Who invites to what, as the link says it. */
export interface Invitation extends Pick<GuestDoor, 'opensAt' | 'closesAt' | 'title'> {
  /** The name in the link; '' where it has none. */
  readonly host: string;
}

export interface VisitModel {
  readonly phase: Signal<VisitPhase>;
  readonly invitation: Signal<Invitation>;
  /** As it is typed. */
  readonly name: Signal<string>;
  readonly media: Signal<CallMedia>;
  /** The person has looked at camera and microphone, so they are open. */
  readonly isReady: Signal<boolean>;
  /** Whose page this is: a host name, or '' for a file. */
  readonly pageHost: Signal<string>;
  /** At least one relay answers. */
  readonly relaysUp: Signal<boolean>;
}

/** What can be done on the page of a guest. */
export interface VisitActions {
  /** Opens camera and microphone; asks nobody else for anything. */
  makeReady(): void;
  /** Asks to be let in. */
  ask(): void;
  stopAsking(): void;
  /** Back to the beginning, to ask again. */
  again(): void;
  /** The address of this page with the invitation in it. */
  address(): string;
}

export function emptyVisitModel(): VisitModel {
  return {
    phase: signal<VisitPhase>({ at: 'checking' }),
    invitation: signal<Invitation>({ host: '' }),
    name: signal(''),
    media: signal<CallMedia>('video'),
    isReady: signal(false),
    pageHost: signal(''),
    relaysUp: signal(false),
  };
}
