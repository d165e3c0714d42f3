// A call that was asked for by an address: with contacts, or at the door of a guest link.
import { type CallMedia, mayNotKnowUs } from '../../core/identity/contact.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { toPerson } from '../../ui/invite/to-person.ts';
import { callActions } from '../group/group-actions.ts';
import type { GroupSession } from '../group/group-session.ts';
import type { Group } from '../model/group-context.ts';
import type { OtherCalls } from '../model/other-calls.ts';
import type { Own } from '../model/own-context.ts';
import type { CallActions, CallPhase } from '../model/person-model.ts';
import type { PairSession } from '../pair/pair-session.ts';
import type { CallWorld } from './call-world.ts';
import { type OpenCallParts, pageCall } from './page-call.ts';

/** Why a page has no call. */
export type WhyUnavailable = Extract<CallPhase, { phase: 'unavailable' }>['why'];

export interface OpenedCall {
  /** The call that the page was opened for. */
  readonly session: PairSession;
  readonly group: GroupSession;
  readonly actions: CallActions;
  readonly own: Own;
  /** Calls beside this one, where there can be any. */
  readonly otherCalls: OtherCalls | undefined;
  /** What views show of the group, and can do. */
  readonly shownGroup: Group;
  /** The person of the first call takes a seat. */
  readonly sit: (isCaller: boolean) => void;
  /** Offers to call those for whom the page was opened; before a click or a permit nothing is made ready and nobody is asked. */
  readonly offerOutgoing: (media: CallMedia) => void;
}

/** @returns why there can be no call with any of these contacts, or everything for one. */
export async function openCall(
  whom: { readonly contactIds: readonly string[] } | { readonly guestLink: string },
  world: CallWorld,
  parts: OpenCallParts,
): Promise<OpenedCall | { readonly why: WhyUnavailable }> {
  const { contacts } = world;
  const [own, found, settings] = await Promise.all([
    world.own(),
    'contactIds' in whom
      ? Promise.all(whom.contactIds.map((id) => contacts.get(id)))
      : import('./host-of.ts').then(async ({ hostOf }) => [await hostOf(whom.guestLink, world)]),
    world.settings.read(),
  ]);
  if (!own) return { why: 'no-identity' };
  const known = found.filter((one) => one !== undefined);
  const [contact, ...others] = known.filter(({ blocked }) => !blocked);
  if (!contact) return { why: known.length > 0 ? 'blocked-contact' : 'unknown-contact' };
  parts.model.addressHiding.value = addressHiding(settings, contact);
  if (known.some(mayNotKnowUs))
    own.contactLink().then(
      (link) => {
        if (link !== '') parts.own.invitation.value = toPerson(link, own.name, settings);
      },
      (error: unknown) => world.logger.fault('own link', error),
    );
  const { group, maker, devices, otherCalls, shownGroup } = await pageCall({
    ...parts,
    world,
    self: own,
    settings,
    together: [contact, ...others].map(({ id }) => id),
    isGuest: 'guestLink' in whom,
  });
  const first = maker.first(contact);
  return {
    session: first.session,
    group,
    actions: callActions(group, first.session),
    own: { model: parts.own, actions: devices },
    otherCalls,
    shownGroup,
    sit: (isCaller) => void group.sit(first, isCaller),
    offerOutgoing: (media) => {
      first.session.prepareOutgoing(media, 'after-click');
      group.invitations.gather(others, media, 'after-click');
    },
  };
}
