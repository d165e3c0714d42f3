// Calls that go from one device of the person here to another: what both directions need of the world of a page. Loaded once somebody is linked.
import { type ReadonlySignal, signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import type { AskedMove } from '../../core/call/requests.ts';
import type { Settings } from '../../core/data/settings.ts';
import { sharedInboxSecret } from '../../core/identity/inboxes.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import { OwnLink, type OwnLinkParts } from '../../link/members/own-link.ts';
import { readyServers } from '../../platform/crypto/turn-password.ts';
import type { ChatSession } from '../chat/chat-session.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { GroupSession } from '../group/group-session.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { OwnModel } from '../model/own-model.ts';
import { GivingCall } from '../moving/giving-call.ts';
import { followOutlook } from '../moving/move-outlook.ts';
import type { CallWorld, OwnPerson } from './call-world.ts';
import type { PageHold } from './page-hold.ts';

/** Everything for a link between two own devices. */
export async function ownLinkParts(world: CallWorld, self: OwnPerson, settings: Settings): Promise<OwnLinkParts> {
  const { sealer, clock } = world;
  const { signer, opener, dev } = self;
  const [carriers, inbox] = await Promise.all([world.carriers(), sharedInboxSecret(sealer, signer)]);
  return {
    sealer,
    clock,
    signer,
    opener,
    dev: toBase64url(dev),
    inbox,
    hides: settings.hideAddress,
    prepareMaterial: async (relayOnly) => {
      const servers = await readyServers(askableServers(settings.iceServers, relayOnly), clock.now());
      return carriers.prepareMaterial(sealer, { servers, relayOnly }, true);
    },
    openLink: (connection, opening, events) => carriers.openLink({ connection, opening, sealer, clock, events }),
    openPool: () => carriers.ownRelays(settings.relays),
  };
}

export interface GivenCall {
  readonly world: CallWorld;
  readonly self: OwnPerson;
  readonly settings: Settings;
  readonly group: GroupSession;
  readonly model: GroupModel;
  readonly own: OwnModel;
  readonly devices: Pick<LocalDevices, 'isOnHold'>;
  readonly chat: ChatSession;
}

/** Of each page: the word that was answered last, so that its repetition is not, and what became of it. */
const answered = new WeakMap<GroupSession, { readonly callId: string; readonly giving: GivingCall }>();

/** The background is told, for other own devices that ask it, what stands in the way of taking the call over, and what would end. */
export function tellOutlook(
  { model, own, chat: { files } }: GivenCall,
  isOnHold: ReadonlySignal<boolean> | undefined,
  hold: Pick<PageHold, 'look'>,
): void {
  followOutlook({ model, own, files, isOnHold: isOnHold ?? signal(false) }, (outlook) => hold.look(outlook));
}

/** Another own device asks for the call of this page. One at a time is answered. */
export function giveCall(asked: AskedMove, call: GivenCall): void {
  give(asked, call).catch((error: unknown) => call.world.logger.fault('move', error));
}

async function give(asked: AskedMove, call: GivenCall): Promise<void> {
  const { world, self, settings, group, model, own, devices, chat } = call;
  const link = await ownLinkParts(world, self, settings);
  const last = answered.get(group);
  if (last && (last.callId === asked.callId || !last.giving.isOver)) return;
  const giving = GivingCall.begin({
    clock: world.clock,
    sealer: world.sealer,
    group,
    model,
    own,
    isOnHold: () => devices.isOnHold,
    chat,
    openLink: (events) => OwnLink.answer(link, asked, events),
    bringBack: () => {
      world.bringCall?.(asked.callerDev).catch((error: unknown) => world.logger.fault('bring back', error));
    },
  });
  answered.set(group, { callId: asked.callId, giving });
}
