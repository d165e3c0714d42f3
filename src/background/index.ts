// CONTEXT background (worker in Chrome, event page in Firefox). The composition root: builds everything, registers every listener in the
// first tick, and holds no logic of its own.
import browser from 'webextension-polyfill';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import { xWing } from '../platform/crypto/x-wing.ts';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { answerRequests } from '../platform/extension/messenger.ts';
import { mayConnect } from '../platform/extension/own-origin.ts';
import { dropPermit } from '../platform/extension/page-permit.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import { makeLogger } from '../platform/logger.ts';
import { MessageStore } from '../platform/messages/message-store.ts';
import { MessageSweep } from '../platform/messages/message-sweep.ts';
import { openRelayPool } from '../platform/relay/open-relay-pool.ts';
import { ContactStore } from '../platform/store/contact-store.ts';
import { onStoreChanged, openDatabase } from '../platform/store/database.ts';
import { isShared, OwnEntryStore } from '../platform/store/devices/own-entry-store.ts';
import { DoorStore } from '../platform/store/door-store.ts';
import { HistoryStore } from '../platform/store/history-store.ts';
import { IdentityStore } from '../platform/store/identity-store.ts';
import { NoteStore } from '../platform/store/note-store.ts';
import { OwnDeviceStore } from '../platform/store/own-device-store.ts';
import { ReceiptStore } from '../platform/store/receipt-store.ts';
import { ReceivedSweep } from '../platform/store/received-files.ts';
import { RingStore } from '../platform/store/ring-store.ts';
import { SettingsStore } from '../platform/store/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { takeTextsFrom } from '../ui/texts/text.ts';
import { showOnIcon } from './badge.ts';
import { focus, openAddContact, openOutgoing, openPopupPage, showRing } from './call-tabs.ts';
import { listenForCommands } from './commands.ts';
import { createContextMenu, listenForContextMenu } from './context-menu.ts';
import { extensionWorld, type Stores } from './extension-world.ts';
import { HeldCalls } from './held-calls.ts';
import { keepAlive, stayAwake } from './keepalive.ts';
import { KnockNotices } from './knock-notices.ts';
import { LinkClicks } from './link-clicks.ts';
import { Listening } from './listening.ts';
import { ownBell } from './own-bell.ts';
import { QuietWatch } from './quiet-watch.ts';
import { requestHandlers } from './request-handlers.ts';
import { listenForNotificationClicks } from './ring-notification.ts';
import { Ringtone } from './ringtone.ts';
import { WaitingUpdate } from './waiting-update.ts';

takeTextsFrom(browserTexts);
// Before anything else asks for it; each connection waits for it.
void mayConnect();
const logger = makeLogger('background');
const sealer = new WebCryptoSealer(async () => xWing);
const ringtone = new Ringtone();
const sweep = new ReceivedSweep();
const database = openDatabase();
const stores: Promise<Stores> = database.then((db) => ({
  contacts: new ContactStore(db),
  settings: new SettingsStore(db),
  history: new HistoryStore(db),
  rings: new RingStore(db),
  notes: new NoteStore(db),
  receipts: new ReceiptStore(db),
  doors: new DoorStore(db),
  devices: new OwnDeviceStore(db),
  entriesOf: (dev) => new OwnEntryStore(db, dev),
  messages: new MessageStore(db),
}));

const messageSweep = new MessageSweep(async () => (await stores).messages);

async function startListening(): Promise<Listening | undefined> {
  const identity = await new IdentityStore(await database).read();
  if (identity.state !== 'present') return undefined;
  const kept = await stores;
  const openPool = (urls: readonly string[]) => openRelayPool(urls, kept.settings);
  const started = await Listening.start(
    extensionWorld({ identity: identity.identity, stores: kept, sealer, ringtone, logger, openPool, bell }),
  );
  stayAwake();
  return started;
}

const fault = (what: string) => (error: unknown) => logger.fault(what, error);
const bell = ownBell({
  listening: () => listening,
  stores: () => stores,
  sealer,
  ringtone,
  onWaiting: () => quietWatch.look(),
  fault: fault('door'),
});
let listening = startListening();
const run = (what: string, work: Promise<unknown>) => void work.catch(fault(what));

/** An identity that appeared starts the listener; otherwise it follows the settings. */
async function reload(): Promise<void> {
  const current = await listening;
  if (current) {
    await current.followSettings();
    // A door may have been closed at which somebody waits.
    return bell.look();
  }
  listening = startListening();
  await listening;
}

/** The first background of a browser session tells at once who could not be reached; later ones wait for its turn. */
async function tellMissed(): Promise<void> {
  const isFirst = (await readView('startedAt')) === undefined;
  if (isFirst) await writeView('startedAt', Date.now());
  await (await listening)?.outbox.tick(isFirst);
}

const quietWatch = new QuietWatch({
  clock: systemClock,
  settings: async () => (await stores).settings.read(),
  keep: async (left) => (await stores).settings.change(left),
  news: async () => {
    const { history, contacts, messages } = await stores;
    const [missed, requests, waiting, unheard] = await Promise.all([
      history.missedCount(),
      contacts.unseenRequests(Date.now()),
      bell.waiting(),
      messages.unheard(),
    ]);
    return { missed, requests, knocks: waiting.length, messages: unheard };
  },
  show: (news, quiet) => showOnIcon(news, quiet, systemClock.now()),
});
const newsChanged = () => quietWatch.look();

const answer = async (callId: string) => {
  const runner = (await listening)?.runner;
  const media = (await runner?.take(callId))?.media;
  if (runner && media) await runner.answer(callId, media, { inPage: false });
};
const currentRing = async () => (await listening)?.runner.currentRing()?.callId;

const update = new WaitingUpdate(async () => (await listening)?.runner.hasRings ?? false, fault('update'));
update.listen();
const knockNotices = new KnockNotices();
const heldCalls = new HeldCalls({
  listening: () => listening,
  stores: () => stores,
  isKept: async (secret) => (await (await stores).doors.all(Date.now())).some((door) => door.secret === secret),
  onDoor: () => bell.look(),
  onKnockGone: (contactId) => knockNotices.over(contactId),
  onLetGo: () => run('update', update.take()),
  fault: fault('held call'),
});
answerRequests(
  requestHandlers({
    listening: () => listening,
    stores: () => stores,
    heldCalls,
    knockNotices,
    bell,
    reload,
    newsChanged,
    tellNotes: async () => (await listening)?.outbox.tick(),
  }),
);
const lookAtKnocks = async () => {
  const held = await readView('heldCall');
  if (held) await focus(held.tabId);
};
const answerKnock = async (contactId: string, admits: boolean) => {
  // At a door for later no page is yet.
  if (await bell.answer(contactId, admits)) return;
  await knockNotices.answer(contactId, admits);
  if (admits) await lookAtKnocks();
};
listenForNotificationClicks({
  accept: (callId) => run('accept', answer(callId)),
  decline: (callId) =>
    run(
      'decline',
      listening.then((it) => it?.runner.decline(callId)),
    ),
  look: (callId) =>
    run(
      'look',
      readView('ring').then((view) => (view?.callId === callId ? showRing(callId) : undefined)),
    ),
  callBack: (contactId) => run('call back', openOutgoing([contactId], 'video')),
  answerKnock: (contactId, admits) => run('knock', answerKnock(contactId, admits)),
  lookAtKnock: (contactId) =>
    run(
      'knock',
      bell.show(contactId).then((isShown) => (isShown ? undefined : lookAtKnocks())),
    ),
  showRequests: () => run('requests', openPopupPage()),
});
const linkClicks = new LinkClicks(sealer, stores, (id) => openOutgoing([id], 'video'), openAddContact);
listenForContextMenu((texts) => run('context menu', linkClicks.call(texts)));
listenForCommands({
  answer: () =>
    run(
      'answer command',
      currentRing().then((id) => (id ? answer(id) : undefined)),
    ),
  end: () =>
    run(
      'end command',
      currentRing().then(async (id) =>
        id ? (await listening)?.runner.decline(id) : writeView('endRequestedAt', Date.now()),
      ),
    ),
  callLast: () =>
    run(
      'call command',
      stores.then(async ({ history }) => {
        const last = (await history.recent(1))[0];
        if (last) await openOutgoing([last.contactId], last.media);
      }),
    ),
});
browser.tabs.onRemoved.addListener((tabId) => {
  run('closed tab', heldCalls.letGo(tabId));
  run('permit', dropPermit(tabId));
});
keepAlive(() => {
  run('sweep', sweep.tick(Date.now()));
  run('messages', messageSweep.tick(Date.now()));
  run('icon', quietWatch.look());
  run('update', update.take());
  run('doors', bell.look());
  run(
    'tick',
    listening.then((it) => it?.tick()),
  );
});
onStoreChanged((store) => {
  if (isShared(store))
    run(
      'own devices',
      listening.then((it) => it?.devices.same.changed()),
    );
  if (store === 'doors') run('doors', bell.look());
  if (store === 'messages') run('messages', messageSweep.files());
  if (store === 'history' || store === 'requests' || store === 'settings' || store === 'messages')
    run('icon', quietWatch.look());
});
browser.runtime.onInstalled.addListener(({ reason }) => {
  run('context menu', createContextMenu());
  if (reason === 'install')
    run(
      'first run',
      listening.then((it) => (it ? undefined : browser.runtime.openOptionsPage())),
    );
});
browser.runtime.onStartup.addListener(() => run('context menu', createContextMenu()));
run('start', listening);
run('held call', heldCalls.restore());
run('update', update.take());
run('outbox', tellMissed());
run('sweep', sweep.tick(Date.now()));
run('icon', quietWatch.look());
