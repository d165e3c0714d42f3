// The answers to what pages ask of the background.
import { toBase64url } from '../core/base/bytes.ts';
import type { BegunMeeting } from '../core/call/requests.ts';
import type { CallMedia } from '../core/identity/contact.ts';
import type { RequestHandlers } from '../platform/extension/messenger.ts';
import { openAsGuest, openDoor, openKeptDoor, openMove, openOutgoing } from './call-tabs.ts';
import type { DoorBell } from './doors/door-bell.ts';
import type { Stores } from './extension-world.ts';
import type { HeldCalls } from './held-calls.ts';
import type { KnockNotices } from './knock-notices.ts';
import type { Listening } from './listening.ts';

export interface RequestParts {
  /** The running listener once the identity was read; undefined without identity. */
  readonly listening: () => Promise<Listening | undefined>;
  readonly stores: () => Promise<Stores>;
  readonly heldCalls: HeldCalls;
  readonly knockNotices: KnockNotices;
  readonly bell: Pick<DoorBell, 'answer'>;
  readonly reload: () => Promise<void>;
  /** Sends the notes that are due. */
  readonly tellNotes: () => Promise<void>;
  /** Missed calls, or calls of strangers: the badge counts them. */
  readonly newsChanged: () => Promise<void>;
}

export function requestHandlers(parts: RequestParts): RequestHandlers {
  const call = async (contactIds: readonly string[], media: CallMedia, meeting?: BegunMeeting) => {
    const { checkFirst } = await (await parts.stores()).settings.read();
    return { opened: await openOutgoing(contactIds, media, checkFirst ? 'prepare' : 'start', meeting) };
  };
  return {
    async startCall({ contactId, media }) {
      const runner = (await parts.listening())?.runner;
      // They are calling us already: calling back is answering.
      const ring = runner?.ringFrom(contactId);
      if (runner && ring) return { opened: await runner.answer(ring.callId, media, { inPage: false }) };
      return call([contactId], media);
    },
    async startGroupCall({ contactIds, media, meeting }) {
      return call(contactIds, media, meeting);
    },
    async askToJoin({ guestLink }) {
      return { opened: await openAsGuest(guestLink) };
    },
    async takeCall({ callId }) {
      return (await parts.listening())?.runner.take(callId);
    },
    async answerRing({ callId, media, inPage }) {
      return { answered: (await (await parts.listening())?.runner.answer(callId, media, { inPage })) ?? false };
    },
    async declineRing({ callId }) {
      return { declined: (await (await parts.listening())?.runner.decline(callId)) ?? false };
    },
    async holdCall(call, sender) {
      const tabId = sender.tab?.id;
      if (tabId === undefined) return undefined;
      await (call ? parts.heldCalls.hold({ ...call, tabId }) : parts.heldCalls.letGo(tabId));
      return undefined;
    },
    async setAside({ page }) {
      await parts.heldCalls.setAside(page);
      return undefined;
    },
    async goOn({ page }) {
      await parts.heldCalls.goOn(page);
      return undefined;
    },
    async openDoor(kept) {
      if (!kept) return { opened: await openDoor() };
      const door = await (await parts.stores()).doors.get(kept.id, Date.now());
      if (door) await openKeptDoor(door);
      return { opened: door !== undefined };
    },
    async decideKnock({ contactId, admits }) {
      return { decided: await parts.bell.answer(contactId, admits) };
    },
    async answerKnock({ call, name, says }) {
      await (await parts.listening())?.knocks.answer(call, says);
      if (says === 'shown') await parts.knockNotices.shown(call.contactId, name);
      return undefined;
    },
    async knockDecided({ contactId }) {
      await parts.knockNotices.over(contactId);
      return undefined;
    },
    async leaveNote({ callId, contactId, media, at, msg }) {
      const st = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
      const left = msg ? { msg, triedAt: 0 } : { triedAt: Date.now() };
      await (await parts.stores()).notes.add({ callId, contactId, media, at, st, ...left });
      // Whoever declined, or was busy, is there.
      if (msg) void parts.tellNotes();
      return undefined;
    },
    async reload() {
      await parts.reload();
      return undefined;
    },
    async retryRelays() {
      (await parts.listening())?.retryRelays();
      return undefined;
    },
    async lookForDevices({ byHand }) {
      await (await parts.listening())?.devices.look(byHand);
      return undefined;
    },
    async moveHere({ dev }) {
      return { opened: await openMove(dev) };
    },
    async missedSeen() {
      await (await parts.stores()).history.markSeen();
      await parts.newsChanged();
      return undefined;
    },
  };
}
