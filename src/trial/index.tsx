// CONTEXT trial: a call of the person here with themself, between two windows of this browser, with no relay and no network. The composition
// root; without a query this is the first window, with `?second=NAME` the second one.
import '../platform/own-scripts.ts';
import { type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { CallPage, type LateViews } from '../call/call-page.tsx';
import { emptyPersonModel, type PageActions } from '../call/model/person-model.ts';
import { loadFlows } from '../call/page/load-flows.ts';
import { toBase64url } from '../core/base/bytes.ts';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { makeLogger } from '../platform/logger.ts';
import { NewerDatabaseError, openDatabase } from '../platform/store/database.ts';
import { IdentityStore } from '../platform/store/identity-store.ts';
import { OfferedFiles } from '../platform/store/offered-files.ts';
import { SettingsStore } from '../platform/store/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { canCall } from '../ui/abilities/call-abilities.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { ChannelPool } from './channel-pool.ts';
import { ring } from './ringing.ts';
import { TrialPage, type TrialSide } from './trial-page.tsx';
import { contactOf, newSeed, personOf } from './trial-people.ts';
import { loadCarriers, ownPerson, type TrialWorldParts, trialWorld } from './trial-world.ts';
import { beginSilent, type WindowCall, windowCall } from './window-call.ts';
import { type TrialPart, WindowTalk } from './window-talk.ts';

takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);

/** The first window calls at once, and again every few seconds. */
const longestSilentMs = 15_000;

const logger = makeLogger('trial');
const root = document.getElementById('root');
const second = new URLSearchParams(location.search).get('second');
const nobodyYet = emptyPersonModel();
const side = signal<TrialSide>(second === null ? 'first' : 'second');
const lateViews = signal<LateViews>('loading');
const call = signal<WindowCall | undefined>(undefined);
const again = (): void => location.assign(location.pathname);

const page: PageActions = {
  close() {
    void browser.tabs
      .getCurrent()
      .then((tab) => (tab?.id === undefined ? window.close() : browser.tabs.remove(tab.id)));
  },
  openSettings(part) {
    void browser.tabs.create({ url: browser.runtime.getURL(`src/options/index.html${part ? `#${part}` : ''}`) });
  },
};

/** Channels of one trial: its name is known to its two windows alone. */
const channelsOf = (name: string) => ({
  talk: () => new BroadcastChannel(`trial talk ${name}`),
  pool: () => new ChannelPool(new BroadcastChannel(`trial mail ${name}`), systemClock),
});

type OwnParts = Pick<TrialWorldParts, 'self' | 'other' | 'openPool'>;

async function open(own: OwnParts, settings: SettingsStore, onArrived: (part: TrialPart) => void) {
  const made = await windowCall({
    world: trialWorld({ ...own, settings, logger, page, onAgain: again }),
    other: own.other,
    isCaller: second === null,
    offered: new OfferedFiles(() => systemClock.now()),
    onArrived,
  });
  addEventListener('pagehide', () => made.group.pageGoes());
  return made;
}

/** In front of this one, and smaller, so that both are seen. Where windows cannot be opened it is a tab. */
async function openSecond(name: string): Promise<void> {
  const url = browser.runtime.getURL(`src/trial/index.html?second=${name}`);
  try {
    await browser.windows.create({ url, type: 'popup', width: 720, height: 640 });
  } catch {
    await browser.tabs.create({ url });
  }
}

/** Offers to call the second window; a click opens it and calls. */
async function first(arrived: Signal<ReadonlySet<TrialPart>>): Promise<void> {
  const database = await openDatabase();
  const read = await new IdentityStore(database).read();
  if (read.state !== 'present') {
    nobodyYet.phase.value = { phase: 'unavailable', why: 'no-identity' };
    return;
  }
  const { name } = read.identity;
  const seeds = [newSeed(text('trialFirst', name)), newSeed(text('trialSecond', name))] as const;
  const [self, called] = await Promise.all([personOf(seeds[0]), personOf(seeds[1])]);
  const channel = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const channels = channelsOf(channel);
  const talk = new WindowTalk(channels.talk(), { own: seeds[1], other: contactOf(self) });
  talk.arrived.subscribe((value) => {
    arrived.value = value;
  });
  const own = { self, other: contactOf(called), openPool: channels.pool };
  const opened = await open(own, new SettingsStore(database), (part) => talk.tellArrived(part));
  opened.offerOutgoing('video');
  const startCall: WindowCall['actions']['startCall'] = (media) => {
    opened.actions.startCall(media);
    openSecond(channel).catch((error: unknown) => logger.fault('second window', error));
  };
  call.value = { ...opened, actions: { ...opened.actions, startCall } };
}

/** Rings as soon as the first window calls. */
async function rings(name: string): Promise<void> {
  const channels = channelsOf(name);
  const talk = new WindowTalk(channels.talk());
  const handover = await talk.askWho(systemClock);
  if (!handover) {
    side.value = 'orphan';
    return;
  }
  const [database, self] = await Promise.all([openDatabase(), personOf(handover.own)]);
  const own = { self, other: handover.other, openPool: channels.pool };
  const opened = await open(own, new SettingsStore(database), (part) => talk.tellArrived(part));
  const { session } = opened;
  beginSilent(opened);
  call.value = { ...opened, actions: { ...opened.actions, decline: () => session.turnAway() } };
  await ring({
    pool: channels.pool(),
    sealer: new WebCryptoSealer(),
    clock: systemClock,
    self: ownPerson(self),
    inboxSecret: self.keys.inboxSecret,
    caller: handover.other,
    onRing: (taken) => session.prepareIncoming(taken),
    onCancel: () => session.ringOver('caller-cancelled'),
  });
  systemClock.after(longestSilentMs, () => {
    if (opened.model.phase.value.phase === 'loading') side.value = 'orphan';
  });
}

async function loadTheRest(): Promise<void> {
  await Promise.all([loadFlows(), loadCarriers()]).catch((error: unknown) => logger.fault('load flows', error));
  try {
    lateViews.value = await import('../call/late-views.tsx');
  } catch (error) {
    logger.fault('load views', error);
    lateViews.value = 'failed';
  }
}

function Page({ arrived }: { readonly arrived: Signal<ReadonlySet<TrialPart>> }) {
  const opened = call.value;
  const person = opened?.group.shown ?? signal(nobodyYet);
  return (
    <TrialPage side={side} person={person} arrived={arrived} page={page} onAgain={again}>
      <CallPage
        model={person.value}
        page={page}
        own={opened?.own}
        actions={opened?.actions}
        chat={opened?.chat}
        group={opened && { ...opened.shownGroup, isGuest: true }}
        late={lateViews.value}
      />
    </TrialPage>
  );
}

async function start(): Promise<void> {
  const arrived = signal<ReadonlySet<TrialPart>>(new Set());
  if (root) render(<Page arrived={arrived} />, root);
  if (!canCall()) {
    nobodyYet.phase.value = { phase: 'unavailable', why: 'no-calls' };
    return;
  }
  void loadTheRest();
  await (second === null ? first(arrived) : rings(second));
}

start().catch((error: unknown) => {
  logger.fault('start', error);
  const why = error instanceof NewerDatabaseError ? 'newer-data' : 'cannot-read';
  nobodyYet.phase.value = { phase: 'unavailable', why };
  call.value = undefined;
});
