// Builds the calls of a page in a world (call-world.ts): the first call, the group around it, the own devices. Wires and decides nothing.
import { toBase64url, toHex } from '../../core/base/bytes.ts';
import { type CallMedia, type Contact, mayNotKnowUs } from '../../core/identity/contact.ts';
import { formatGuestLink, parseGuestLink } from '../../core/identity/contact-link.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { invitationPage, linkOnPage } from '../../core/network/own-servers.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import { guestServers } from '../../platform/crypto/turn-password.ts';
import { toPerson } from '../../ui/invite/to-person.ts';
import { text } from '../../ui/texts/text.ts';
import type { ChatSession } from '../chat/chat-session.ts';
import { LocalDevices } from '../devices/local-devices.ts';
import { callActions, groupActions } from '../group/group-actions.ts';
import { GroupSession } from '../group/group-session.ts';
import { Lobby, passingContact } from '../group/lobby.ts';
import type { Group } from '../model/group-context.ts';
import type { GroupModel } from '../model/group-model.ts';
import { emptyOtherCalls, type OtherCalls } from '../model/other-calls.ts';
import type { Own } from '../model/own-context.ts';
import type { OwnModel } from '../model/own-model.ts';
import type { CallActions, CallPhase, PairModel } from '../model/person-model.ts';
import { markedName } from '../model/presence.ts';
import type { PairSession } from '../pair/pair-session.ts';
import { UploadEconomy } from '../quality/upload-economy.ts';
import type { CallWorld } from './call-world.ts';
import { followOtherCalls } from './other-calls.ts';
import { PageHold } from './page-hold.ts';
import { type BesidePlug, PairMaker } from './pair-maker.ts';
import { RecordingBeside } from './recording-beside.ts';
import { RoomsBeside } from './rooms-beside.ts';

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

export interface OpenCallParts {
  readonly model: PairModel;
  readonly own: OwnModel;
  readonly group: GroupModel;
  readonly chat: ChatSession;
  /** Those that are open already and needed beyond this call: whoever gives them stops them. */
  readonly devices?: LocalDevices;
}

/** @returns why there can be no call with any of these contacts, or everything for one. */
export async function openCall(
  whom: { readonly contactIds: readonly string[] } | { readonly guestLink: string },
  world: CallWorld,
  { model, own: ownModel, group: groupModel, chat, devices: given }: OpenCallParts,
): Promise<OpenedCall | { readonly why: Extract<CallPhase, { phase: 'unavailable' }>['why'] }> {
  const { contacts, sealer, clock, request } = world;
  const [own, found, settings] = await Promise.all([
    world.own(),
    'contactIds' in whom
      ? Promise.all(whom.contactIds.map((id) => contacts.get(id)))
      : hostOf(whom.guestLink, world).then((host) => [host]),
    world.settings.read(),
  ]);
  if (!own) return { why: 'no-identity' };
  const known = found.filter((one) => one !== undefined);
  const [contact, ...others] = known.filter(({ blocked }) => !blocked);
  if (!contact) return { why: known.length > 0 ? 'blocked-contact' : 'unknown-contact' };
  const { microphoneId, cameraId, speakerId } = settings;
  model.addressHiding.value = addressHiding(settings, contact);
  ownModel.chosen.value = { microphoneId, cameraId, speakerId };
  ownModel.quality.value = settings.callQuality;
  ownModel.closesAfterCall.value = settings.closesAfterCall;
  groupModel.stage.value = settings.groupView;

  const fault = (what: string, error: unknown): void => world.logger.fault(what, error);
  const ask = (asked: Promise<unknown> | undefined): void =>
    void asked?.catch((error: unknown) => fault('request', error));
  const { name, signer, opener } = own;
  const [ed25519, x25519] = [signer.publicKey, opener.publicKey];
  const self = { id: toHex(ed25519), ed25519, x25519, name, relays: linkRelays(settings.relays) };
  ownModel.id.value = self.id;
  ownModel.name.value = name;
  if (known.some(mayNotKnowUs))
    ask(
      own.contactLink().then((link) => {
        if (link !== '') ownModel.invitation.value = toPerson(link, name, settings);
      }),
    );
  const page = toBase64url(sealer.randomBytes(16));
  const hold = new PageHold((holding) => ask(request?.('holdCall', holding && { ...holding, page })));
  await world.live?.(page, () => hold.retell());
  const devices = given ?? new LocalDevices(ownModel, world.settings);
  const nameInChat = (one: Pick<Contact, 'id' | 'name'>) =>
    markedName(one.name, group.admission.knows(one.id), group.admission.lookalike(one));
  const part = (id: string): void => {
    for (const plug of beside) plug.part(id);
  };
  const group: GroupSession = new GroupSession(
    {
      model: groupModel,
      clock,
      sealer,
      signer,
      opener,
      self,
      contact: (id) => contacts.get(id),
      contacts: () => contacts.all(),
      settings: () => world.settings.read(),
      ownWord: text('callYou'),
      fault,
      openRelays: async () => (await world.carriers()).ownRelays(settings.relays),
      onHides: () => maker.hideFromStrangers(),
      makeCall: (one, route) => {
        const call = maker.another(one, route);
        // Over relays it is we who call: somebody from whom the address cannot be hidden is not even rung.
        if (route === 'relays') call.model.addressHiding.value = addressHiding(settings, one);
        return call;
      },
      chat: {
        detour: (id, name, say) => chat.detour(id, nameInChat({ id, name }), say),
        heardByDetour: (id, word) => chat.heardByDetour(id, word),
      },
      onGone: (id) => economy.leave(id),
      onParted: part,
    },
    model,
  );
  const rooms =
    world.rooms &&
    new RoomsBeside({
      load: world.rooms,
      model: groupModel,
      nameOf: async (id) => (await contacts.get(id))?.name,
      fault,
    });
  const recording = new RecordingBeside({
    ...{ model: groupModel, clock, sealer, fault },
    group: () => group,
    openTape: undefined,
  });
  // What has channels beside the media to each person.
  const beside: readonly BesidePlug[] = [
    {
      load: () => chat.load(),
      attach: (one, connection) => chat.attach(one.id, nameInChat(one), connection),
      prove: (id) => chat.prove(id),
      part: (id) => chat.part(id),
    },
    group,
    ...(rooms ? [rooms] : []),
    recording,
  ];
  const economy = new UploadEconomy({ own: ownModel, onCaptureSize: (size) => devices.limitCapture(size) });
  economy.advice.subscribe((advice) => {
    groupModel.advice.value = advice;
  });
  const maker = new PairMaker({
    world,
    self: own,
    settings,
    model,
    own: ownModel,
    devices,
    onDevicesFree: () => {
      if (!given) devices.stop();
    },
    economy,
    hold,
    people: group.people,
    hiding: group.admission.hiding,
    together: [contact, ...others].map(({ id }) => id),
    isGuest: 'guestLink' in whom,
    page,
    beside,
    reloadBackground: () => ask(request?.('reload', undefined)),
  });
  // Somebody may become a contact in mid-call, here or in another page, and the own link may change.
  world.onStored(() => {
    group.admission.readAgain();
    maker.lookAtCards();
  });
  const lobby = new Lobby({
    model: groupModel,
    group,
    clock,
    sealer,
    contact: (id) => contacts.get(id),
    makeCall: (one) => maker.another(one, 'relays'),
    onGone: (id) => {
      part(id);
      economy.leave(id);
    },
    openDoor: async (inboxSecret) => {
      hold.openToGuests(toBase64url(inboxSecret));
      const { relays, iceServers, ownServers } = await world.settings.read();
      const servers = await guestServers(iceServers, clock.now(), toHex(sealer.randomBytes(2)));
      const door = { inboxSecret, relays: linkRelays(relays), name, madeAt: clock.now(), servers };
      const link = await formatGuestLink({ ed25519, x25519, ...door }, { sealer, signer });
      return linkOnPage(link, invitationPage({ ownServers }));
    },
    fault,
  });
  // Beside the tones of this page's own calls: neither cuts the other off.
  const waitingTone = world.makeTones();
  // Without a background there are no other pages, and nobody rings.
  const otherCalls =
    request &&
    world.watch &&
    followOtherCalls({
      model: emptyOtherCalls(),
      page,
      hold: (isOnHold) => devices.hold(isOnHold),
      leave: () => group.leave(),
      showsCamera: () => devices.sent.camera,
      sound: (isWaiting) => {
        if (isWaiting && settings.ringtone)
          waitingTone.play('waiting', { loop: true, speakerId: ownModel.chosen.value.speakerId });
        else waitingTone.stop();
      },
      request,
      watch: world.watch,
      fault: (error) => fault('other call', error),
    });
  world.watch?.('knocks', (knocks) => void lobby.heard(knocks ?? []));
  const first = maker.first(contact);
  return {
    session: first.session,
    group,
    actions: callActions(group, first.session),
    own: { model: ownModel, actions: devices },
    otherCalls,
    shownGroup: {
      model: groupModel,
      actions: {
        ...groupActions({ model: groupModel, group, contacts, settings: world.settings, fault }),
        admit: lobby.admit,
        refuse: lobby.refuse,
        makeGuestLink: lobby.makeGuestLink,
        answerRoom: (room, joins) => rooms?.answerRoom(room, joins),
      },
    },
    sit: (isCaller) => void group.sit(first, isCaller),
    offerOutgoing: (media) => {
      first.session.prepareOutgoing(media, 'after-click');
      group.invitations.gather(others, media, 'after-click');
    },
  };
}

/** Whoever made a guest link, as somebody to call by it; undefined when it is none. */
async function hostOf(
  guestLink: string,
  { contacts, sealer }: Pick<CallWorld, 'contacts' | 'sealer'>,
): Promise<Contact | undefined> {
  const parsed = await parseGuestLink(guestLink, sealer);
  if ('refused' in parsed) return undefined;
  const { link } = parsed;
  const known = await contacts.get(toHex(link.ed25519));
  if (!known) return passingContact(link, toHex(link.ed25519));
  // By the link of this call, not by the inbox that they keep for us: that would ring, and they are in a call.
  const { theirInbox: _theirInbox, ...kept } = known;
  return { ...kept, inboxSecret: link.inboxSecret, relays: link.relays };
}
