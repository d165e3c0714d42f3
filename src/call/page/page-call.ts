// What every call of a page is made in, whomever it is with: the group, the pairs, what has channels beside them, the door for guests. Wires and
// decides nothing.
import { toBase64url, toHex } from '../../core/base/bytes.ts';
import type { KnockDecision, KnockView } from '../../core/call/requests.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { effectChoice } from '../../core/media/effects.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import type { CallMeetingOf } from '../../link/rooms/room-meetings.ts';
import type { People } from '../../link/signaling/people-pool.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import { text } from '../../ui/texts/text.ts';
import type { ChatSession } from '../chat/chat-session.ts';
import { LocalDevices } from '../devices/local-devices.ts';
import { groupActions } from '../group/group-actions.ts';
import { GroupSession } from '../group/group-session.ts';
import type { Lobby } from '../group/lobby.ts';
import type { Group } from '../model/group-context.ts';
import type { GroupModel } from '../model/group-model.ts';
import { emptyOtherCalls, type OtherCalls } from '../model/other-calls.ts';
import type { OwnModel } from '../model/own-model.ts';
import type { PairModel } from '../model/person-model.ts';
import { markedName } from '../model/presence.ts';
import { UploadEconomy } from '../quality/upload-economy.ts';
import type { CallWorld, LoadedMoves, OwnPerson } from './call-world.ts';
import { followOtherCalls } from './other-calls.ts';
import { PageHold } from './page-hold.ts';
import { type BesidePlug, PairMaker } from './pair-maker.ts';
import { RecordingBeside } from './recording-beside.ts';
import { RoomsBeside } from './rooms-beside.ts';

export interface OpenCallParts {
  readonly model: PairModel;
  readonly own: OwnModel;
  readonly group: GroupModel;
  readonly chat: ChatSession;
  /** Those that are open already and needed beyond this call: whoever gives them stops them. */
  readonly devices?: LocalDevices;
  /** The person here has begun this call as a meeting of a room. */
  readonly meeting?: CallMeetingOf | undefined;
}

export interface PageCallParts extends OpenCallParts {
  readonly world: CallWorld;
  readonly self: OwnPerson;
  readonly settings: Settings;
  /** Whom the page was opened to call, by id. */
  readonly together: readonly string[];
  /** The page asks to be let in by a guest link. */
  readonly isGuest: boolean;
  /** The page has a door of its own: while it is open, the page waits for guests whenever nobody is there. */
  readonly isDoorOpen?: () => boolean;
  /** Another way to people than through those in the call. */
  readonly wayTo?: (people: People) => People;
}

export interface PageCall {
  readonly group: GroupSession;
  readonly maker: PairMaker;
  readonly devices: LocalDevices;
  readonly hold: PageHold;
  /** Calls beside this one, where there can be any. */
  readonly otherCalls: OtherCalls | undefined;
  /** Who waits already at a door that was opened just now is asked about. */
  readonly lookAtKnocks: () => void;
  /** What views show of the group, and can do. */
  readonly shownGroup: Group;
}

/** Everything for the calls of a page, before there is one. */
export async function pageCall(parts: PageCallParts): Promise<PageCall> {
  const { world, self: own, settings, model, own: ownModel, group: groupModel, chat, devices: given } = parts;
  const { contacts, sealer, clock, request } = world;
  const isDoorOpen = parts.isDoorOpen ?? (() => false);
  const { microphoneId, cameraId, speakerId } = settings;
  ownModel.chosen.value = { microphoneId, cameraId, speakerId };
  ownModel.quality.value = settings.callQuality;
  ownModel.closesAfterCall.value = settings.closesAfterCall;
  if (world.effects) ownModel.effects.value = { choice: effectChoice(settings), picture: 'off', noise: 'browser' };
  groupModel.stage.value = settings.groupView;

  const fault = (what: string, error: unknown): void => world.logger.fault(what, error);
  const ask = (asked: Promise<unknown> | undefined): void =>
    void asked?.catch((error: unknown) => fault('request', error));
  const { name, signer, opener } = own;
  const [ed25519, x25519] = [signer.publicKey, opener.publicKey];
  const self = { id: toHex(ed25519), ed25519, x25519, name, relays: linkRelays(settings.relays) };
  ownModel.id.value = self.id;
  ownModel.name.value = name;
  const page = toBase64url(sealer.randomBytes(16));
  const hold = new PageHold((holding) => ask(request?.('holdCall', holding && { ...holding, page })));
  await world.live?.(page, () => hold.retell());
  const devices = given ?? new LocalDevices(ownModel, world.settings, world.effects);
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
      loadSuccessors: async (seats) => {
        const { Successors } = await import('../moving/successors.ts');
        return new Successors({ ...seats, clock, sealer, makeSuccessor: (former) => maker.successor(former) });
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
      contacts,
      ownName: name,
      begun: parts.meeting,
      clock,
      fault,
    });
  const recording = new RecordingBeside({
    ...{ model: groupModel, clock, sealer, fault },
    group: () => group,
    self,
    devices,
    load: world.recorder,
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
      if (!given && !isDoorOpen()) devices.stop();
    },
    economy,
    hold,
    people: parts.wayTo?.(group.people) ?? group.people,
    hiding: group.admission.hiding,
    together: parts.together,
    isGuest: parts.isGuest,
    page,
    recorded: () => recording.recording?.stretches() ?? [],
    beside,
    reloadBackground: () => ask(request?.('reload', undefined)),
  });
  // Somebody may become a contact in mid-call, here or in another page, and the own link may change.
  world.onStored(() => {
    group.admission.readAgain();
    maker.lookAtCards();
  });
  let loadedLobby: Promise<Lobby> | undefined;
  const makeLobby = async (): Promise<Lobby> => {
    const { Lobby } = await import('../group/lobby.ts');
    return new Lobby({
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
        const { guestLinkText } = await import('./guest-door.ts');
        hold.openToGuests(toBase64url(inboxSecret));
        return guestLinkText({ world, own }, inboxSecret);
      },
      door: () => hold.guestSecret,
      tell: (call, name, says) => ask(request?.('answerKnock', { call, name, says })),
      onTaken: (contactId) => ask(request?.('knockDecided', { contactId })),
      fault,
    });
  };
  // Few calls have guests: it is loaded with the first.
  const atDoor = (does: (lobby: Lobby) => void): void => {
    loadedLobby ??= makeLobby();
    loadedLobby.then(does).catch((error: unknown) => {
      loadedLobby = undefined;
      fault('guests', error);
    });
  };
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
  let [knocks, decision]: [readonly KnockView[], KnockDecision | undefined] = [[], undefined];
  const lookAtKnocks = (): void => {
    if (knocks.length === 0 && !loadedLobby) return;
    atDoor((lobby) => {
      // A page of a door for later is opened by the decision on a knock, and sees both afterwards.
      if (decision) lobby.answered(decision);
      void lobby.heard(knocks);
    });
  };
  world.watch?.('knocks', (all) => {
    knocks = all ?? [];
    lookAtKnocks();
  });
  world.watch?.('knockAnswer', (answer) => {
    decision = answer;
    if (answer && loadedLobby) atDoor((lobby) => lobby.answered(answer));
  });
  const givenCall = { world, self: own, settings, group, model: groupModel, own: ownModel, devices, chat };
  const moves = (does: (loaded: LoadedMoves) => void): void =>
    void world
      .moves?.()
      .then(does)
      .catch((error: unknown) => fault('move', error));
  hold.onLinked = () => moves(({ tellOutlook }) => tellOutlook(givenCall, otherCalls?.model.isOnHold, hold));
  world.watch?.('askedMove', (asked) => {
    if (asked?.page !== page) return;
    moves(({ giveCall }) => giveCall(asked, givenCall));
  });
  return {
    group,
    maker,
    devices,
    hold,
    otherCalls,
    lookAtKnocks,
    shownGroup: {
      model: groupModel,
      actions: {
        ...groupActions({ model: groupModel, group, contacts, settings: world.settings, fault }),
        admit: (id) => atDoor((lobby) => lobby.admit(id)),
        refuse: (id) => atDoor((lobby) => lobby.refuse(id)),
        makeGuestLink: () => atDoor((lobby) => lobby.makeGuestLink()),
        answerRoom: (room, joins) => rooms?.answerRoom(room, joins),
      },
    },
  };
}
