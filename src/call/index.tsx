// CONTEXT call page. The composition root: reads the address, builds the session, shows the views. No logic of its own.
import '../platform/own-scripts.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import type { CallMedia } from '../core/identity/contact.ts';
import type { CallMeetingOf } from '../link/rooms/room-meetings.ts';
import { makeLogger } from '../platform/logger.ts';
import { canCall } from '../ui/abilities/call-abilities.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom } from '../ui/texts/text.ts';
import { CallPage, type LateViews } from './call-page.tsx';
import { emptyChatModel } from './chat/chat-model.ts';
import { ChatSession } from './chat/chat-session.ts';
import { emptyGroupModel } from './model/group-model.ts';
import { emptyOwnModel } from './model/own-model.ts';
import { emptyPersonModel } from './model/person-model.ts';
import type { CallWorld } from './page/call-world.ts';
import { extension, extensionWorld, loadCarriers, type OwnTab } from './page/extension-world.ts';
import { loadFlows } from './page/load-flows.ts';
import type { OpenedArrival } from './page/open-arrival.ts';
import { type OpenedCall, openCall, type WhyUnavailable } from './page/open-call.ts';
import type { OpenedDoor } from './page/open-door.ts';
import type { OpenCallParts } from './page/page-call.ts';
import { endWhatNobodySees, followRing, offerCall, ringEnd } from './page/page-start.ts';

takeTextsFrom(extension.texts);
wearAppearance();
speak(document.documentElement);
const model = emptyPersonModel();
const own = emptyOwnModel();
const groupModel = emptyGroupModel();
const chatModel = emptyChatModel();
const lateViews = signal<LateViews>('loading');
const logger = makeLogger('call');
const root = document.getElementById('root');
const query = new URLSearchParams(location.search);

/** A call of this page, with its conversation. */
interface PageCall extends Omit<OpenedCall, 'session' | 'sit' | 'offerOutgoing'> {
  readonly chat: ChatSession;
}

/** &room=ROOM&meeting=ENTRY: the person has begun a meeting there. */
function meetingIn(address: URLSearchParams): CallMeetingOf | undefined {
  const [room, meeting] = [address.get('room'), address.get('meeting')];
  if (room === null) return undefined;
  return { room, ...(meeting === null ? {} : { meeting }) };
}

async function openWith<Opened extends object>(
  world: CallWorld,
  opening: (parts: OpenCallParts) => Promise<Opened | { readonly why: WhyUnavailable }>,
): Promise<(Opened & { readonly chat: ChatSession }) | undefined> {
  const { contacts, clock, messages } = world;
  const chat = new ChatSession({
    model: chatModel,
    openDisk: async () => new (await import('../link/transfer/disk-store.ts')).DiskStore(),
    clock,
    isContact: async (id) => (await contacts.get(id))?.blocked === false,
    offered: extension.offeredFiles(),
    besideFiles: messages && ((id, channel) => messages.files(id, channel)),
    fault: (what, error) => logger.fault(what, error),
  });
  const opened = await opening({ model, own, group: groupModel, chat, meeting: meetingIn(query) });
  if ('why' in opened) {
    model.phase.value = { phase: 'unavailable', why: opened.why };
    return undefined;
  }
  return { ...opened, chat };
}

const open = (whom: Parameters<typeof openCall>[0], world: CallWorld) =>
  openWith<OpenedCall>(world, (parts) => openCall(whom, world, parts));

/** ?door=1: nobody is called, guests come; ?door=ID: to a door for later. */
async function door(
  { openDoor }: typeof import('./page/open-door.ts'),
  id: string | null,
  world: CallWorld,
  { usePermit }: OwnTab,
): Promise<PageCall | undefined> {
  const kept = id === null || id === '1' ? undefined : id;
  const opened = await openWith<OpenedDoor>(world, (parts) => openDoor(world, parts, kept));
  if (opened) usePermit(() => opened.door.actions.open());
  return opened;
}

/** ?move=DEV: the call of another own device comes here. */
async function arrival(
  { openArrival }: typeof import('./page/open-arrival.ts'),
  dev: string,
  world: CallWorld,
  { usePermit }: OwnTab,
): Promise<PageCall | undefined> {
  const opened = await openWith<OpenedArrival>(world, (parts) => openArrival(dev, world, parts));
  if (opened) usePermit(() => opened.begin());
  return opened;
}

/** The page as it is now: a call with one person, or the whole group. */
function Page({ opened }: { readonly opened: PageCall | undefined }) {
  const shownChat = opened && { model: chatModel, actions: opened.chat };
  const shown = opened?.group.shown.value ?? model;
  return (
    <CallPage
      model={shown}
      page={extension.page}
      own={opened?.own}
      actions={opened?.actions}
      chat={shownChat}
      group={opened?.shownGroup}
      others={opened?.otherCalls}
      late={lateViews.value}
    />
  );
}

/** What the first screen can do without: first what a click there needs, then what is seen of a call. Both go on beside making ready. */
async function loadTheRest(): Promise<void> {
  void import('../ui/portraits/follow-portraits.ts')
    .then(({ followPortraits }) => followPortraits())
    .catch((error: unknown) => logger.fault('load portraits', error));
  // Whoever needs it hears of it.
  await Promise.all([loadFlows(), loadCarriers()]).catch((error: unknown) => logger.fault('load flows', error));
  try {
    lateViews.value = await import('./late-views.tsx');
  } catch (error) {
    logger.fault('load views', error);
    lateViews.value = 'failed';
  }
}

function show(opened: PageCall | undefined): void {
  if (root) render(<Page opened={opened} />, root);
}

/** ?to=CONTACT&to=CONTACT&media=video: a call to make; ?guest=LINK: a call to be let into. */
async function outgoing(
  whom: Parameters<typeof openCall>[0],
  media: CallMedia,
  world: CallWorld,
  { usePermit }: OwnTab,
): Promise<PageCall | undefined> {
  const opened = await open(whom, world);
  if (!opened) return undefined;
  const { group } = opened;
  // The group of a guest is the host's.
  opened.sit('contactIds' in whom);
  offerCall(opened, media, usePermit);
  extension.watch('crossover', (crossover) => {
    if (crossover) group.invitations.crossOver(crossover.outgoingId, crossover.call);
  });
  return opened;
}

async function ringOf(callId: string) {
  const taking = extension.request('takeCall', { callId });
  taking.catch(() => undefined);
  const view = await extension.read('ring');
  // Who calls is known before the call is.
  if (view?.callId === callId) model.contactName.value = view.contactName;
  const call = await taking;
  return { callId, call, view };
}

/** ?ring=CALL: an incoming call, still ringing or answered on its notification. */
async function incoming(
  { callId, call, view }: Awaited<ReturnType<typeof ringOf>>,
  world: CallWorld,
  { id: tabId }: OwnTab,
): Promise<PageCall | undefined> {
  const opened = call && (await open({ contactIds: [call.contactId] }, world));
  if (!call || !opened) {
    const over = view?.callId === callId ? view.outcome : undefined;
    if (model.phase.value.phase === 'loading')
      model.phase.value =
        over && over !== 'answered-here'
          ? { phase: 'ended', reason: ringEnd[over], durationMs: 0 }
          : { phase: 'unavailable', why: 'ring-over' };
    return undefined;
  }
  const { session } = opened;
  opened.sit(false);
  session.prepareIncoming(call);
  followRing(session, { callId, tabId }, extension.watch);
  // While it rings, this page wakes a background that was put to sleep.
  const wake = setInterval(() => {
    if (model.phase.value.phase === 'incoming') void extension.request('takeCall', { callId }).catch(() => undefined);
    else clearInterval(wake);
  }, 5_000);
  return opened;
}

async function start(): Promise<void> {
  show(undefined);
  if (!canCall()) {
    model.phase.value = { phase: 'unavailable', why: 'no-calls' };
    return;
  }
  void loadTheRest();
  const [callId, guestLink, dev] = [query.get('ring'), query.get('guest'), query.get('move')];
  const media: CallMedia = query.get('media') === 'audio' ? 'audio' : 'video';
  // Asked for at once: none of it needs another.
  const [world, tab, ring, doorPart, movePart] = await Promise.all([
    extensionWorld(logger),
    extension.ownTab(String(query)),
    callId ? ringOf(callId) : undefined,
    query.has('door') ? import('./page/open-door.ts') : undefined,
    dev ? import('./page/open-arrival.ts') : undefined,
  ]);
  const whom = guestLink ? { guestLink } : { contactIds: [...new Set(query.getAll('to'))] };
  const opened = doorPart
    ? await door(doorPart, query.get('door'), world, tab)
    : dev && movePart
      ? await arrival(movePart, dev, world, tab)
      : ring
        ? await incoming(ring, world, tab)
        : await outgoing(whom, media, world, tab);
  show(opened);
  if (!opened) return;
  endWhatNobodySees(lateViews, model, opened.actions);
  const { group } = opened;
  extension.watch('endRequestedAt', (at) => {
    if (at !== undefined && Date.now() - at < 2_000) opened.actions.leave();
  });
  addEventListener('beforeunload', (event) => {
    if (group.isRunning || opened.shownGroup.door?.model.state.peek() === 'open') event.preventDefault();
  });
  addEventListener('pagehide', () => group.pageGoes());
  // What was said and what came is on this page only.
  const beBusy = extension.busySign();
  chatModel.entries.subscribe((entries) => beBusy(entries.length > 0));
}

start().catch((error: unknown) => {
  logger.fault('start', error);
  const cannotRead = query.has('ring') && !(error instanceof DOMException) ? 'ring-over' : 'cannot-read';
  const why = extension.isNewerData(error) ? 'newer-data' : cannotRead;
  model.phase.value = { phase: 'unavailable', why };
});
