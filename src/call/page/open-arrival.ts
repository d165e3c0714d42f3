// A call page to which the running call of another device of the person here comes. Loaded where it is asked for.
import { fromBase64url, fromHex } from '../../core/base/bytes.ts';
import type { OwnState } from '../../core/call/hand-over-word.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { OwnLink } from '../../link/members/own-link.ts';
import { callActions } from '../group/group-actions.ts';
import { pageInbox } from '../group/passing.ts';
import { OwnPeople } from '../moving/own-people.ts';
import { type ArrivingCall, TakingCall } from '../moving/taking-call.ts';
import type { CallWorld } from './call-world.ts';
import type { OpenedCall } from './open-call.ts';
import { nobody } from './open-door.ts';
import { ownLinkParts } from './own-moves.ts';
import { type OpenCallParts, pageCall } from './page-call.ts';

export interface OpenedArrival extends Pick<OpenedCall, 'group' | 'actions' | 'own' | 'otherCalls' | 'shownGroup'> {
  /** Asks the other device; before a click or a permit nothing is asked and nothing opened. */
  readonly begin: () => void;
}

/** @param dev the device that has the call, base64url. @returns why nothing can come here, or everything for it. */
export async function openArrival(
  dev: string,
  world: CallWorld,
  parts: OpenCallParts,
): Promise<OpenedArrival | { readonly why: 'no-identity' }> {
  const [own, settings] = await Promise.all([world.own(), world.settings.read()]);
  if (!own) return { why: 'no-identity' };
  const { model, group: groupModel, chat } = parts;
  let ways: OwnPeople | undefined;
  const { group, maker, devices, otherCalls, shownGroup } = await pageCall({
    ...parts,
    world,
    self: own,
    settings,
    together: [],
    isGuest: false,
    wayTo: (people) => {
      ways = new OwnPeople(people);
      return ways;
    },
  });
  const people = ways;
  const { handOver } = groupModel;
  const fault = (error: unknown): void => world.logger.fault('move', error);
  const again = (): void => {
    world.bringCall?.(dev).catch(fault);
  };

  const call = async (state: OwnState): Promise<ArrivingCall | undefined> => {
    const contact = await whoseCall(state, world);
    if (!contact) return undefined;
    model.addressHiding.value = addressHiding(settings, contact);
    const made = maker.arriving(contact, state.person.moves);
    const { session } = made;
    group.sit(made, true);
    session.prepareOutgoing(state.camera ? 'video' : 'audio');
    session.startCall(state.camera ? 'video' : 'audio');
    session.goOnWith({ callId: state.call, direction: state.direction, lasts: state.lasts });
    if (!state.microphone) devices.toggleMicrophone();
    if (state.hand) group.raiseHand(true);
    if (state.locked) group.lock(true);
    return {
      onMove: (hear) => made.onMove(hear),
      sayCommit: () => made.say('commit'),
      onOver: (tell) => {
        model.phase.subscribe(({ phase }) => {
          if (phase === 'ended') tell();
        });
      },
      leave: () => session.leave(),
    };
  };

  const begin = async (): Promise<void> => {
    if (!people) return;
    const link = await ownLinkParts(world, own, settings);
    const taking = TakingCall.begin({
      clock: world.clock,
      people,
      openLink: (events) => OwnLink.ask(link, dev, events),
      call,
      heardChat: (past) => chat.takeOver(past),
      onHere: () => {
        handOver.value = undefined;
      },
      onOff: (why) => {
        handOver.value = { state: 'off', why, again };
        devices.stop();
      },
    });
    handOver.value = { state: 'arriving', cancel: () => taking.cancel() };
  };
  const start = (): void => {
    begin().catch((error: unknown) => {
      fault(error);
      handOver.value = { state: 'off', why: 'failed', again };
    });
  };
  handOver.value = { state: 'offered', begin: start };
  return {
    group,
    own: { model: parts.own, actions: devices },
    otherCalls,
    actions: callActions(group, nobody),
    shownGroup,
    begin: start,
  };
}

/** Whom the call is with: as this device knows them, or as the other one does. They are called at their page. */
async function whoseCall({ person }: OwnState, { contacts }: CallWorld): Promise<Contact | undefined> {
  const [ed25519, x25519, ek] = [fromHex(person.id), fromBase64url(person.x), fromBase64url(person.ek)];
  if (!ed25519 || !x25519 || !ek) return undefined;
  const { theirInbox: _theirInbox, ...known } = (await contacts.get(person.id)) ?? {
    id: person.id,
    ed25519,
    x25519,
    name: person.name,
    addedAt: 0,
    addedFrom: 'call' as const,
    blocked: false,
    verification: { state: 'unverified' as const },
  };
  const hides = person.hides ? { hideAddress: true } : {};
  // Keys of a contact are those that this device holds itself.
  return { ...known, ...hides, inboxSecret: pageInbox(ek), relays: person.relays };
}
