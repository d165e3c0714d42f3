// CONTEXT call page. The composition root: reads the address, builds the session, shows the views. No logic of its own.
import { render } from 'preact';
import type { CallMedia } from '../core/contact.ts';
import type { EndReason } from '../core/end-reason.ts';
import { addressHiding } from '../core/hidden-address.ts';
import type { RingView } from '../core/requests.ts';
import { ContactStore } from '../platform/contact-store.ts';
import { NewerDatabaseError, openDatabase } from '../platform/database.ts';
import { HistoryStore } from '../platform/history-store.ts';
import { IdentityStore } from '../platform/identity-store.ts';
import { makeLogger } from '../platform/logger.ts';
import { request } from '../platform/messenger.ts';
import { readView, watchView } from '../platform/session-view.ts';
import { SettingsStore } from '../platform/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { TonePlayer } from '../ui/tone-player.ts';
import { emptyCallModel } from './call-model.ts';
import { CallPage } from './call-page.tsx';
import { CallSession } from './call-session.ts';
import { CallSupplies } from './call-supplies.ts';
import { emptyChatModel } from './chat-model.ts';
import { ChatSession } from './chat-session.ts';
import { DiskStore } from './file-store.ts';
import { idleActions } from './idle-actions.ts';
import { LocalDevices } from './local-devices.ts';
import { QualityControl } from './quality-control.ts';

const model = emptyCallModel();
const chatModel = emptyChatModel();
const logger = makeLogger('call');
const chat = new ChatSession({
  model: chatModel,
  disk: new DiskStore(),
  now: () => Date.now(),
  fault: (what, error) => logger.fault(what, error),
});
const root = document.getElementById('root');
const query = new URLSearchParams(location.search);

const ringEnd: Readonly<Record<NonNullable<RingView['outcome']>, EndReason>> = {
  declined: 'declined',
  'caller-cancelled': 'caller-cancelled',
  'no-answer': 'caller-cancelled',
  'answered-elsewhere': 'answered-elsewhere',
  'answered-here': 'answered-elsewhere',
};

async function buildSession(contactId: string): Promise<CallSession | undefined> {
  const database = await openDatabase();
  const [contacts, history, settingsStore] = [
    new ContactStore(database),
    new HistoryStore(database),
    new SettingsStore(database),
  ];
  const [own, contact, settings] = await Promise.all([
    new IdentityStore(database).read(),
    contacts.get(contactId),
    settingsStore.read(),
  ]);
  const why =
    own.state !== 'present'
      ? 'no-identity'
      : !contact
        ? 'unknown-contact'
        : contact.blocked
          ? 'blocked-contact'
          : undefined;
  if (why || own.state !== 'present' || !contact) {
    model.phase.value = { phase: 'unavailable', why: why ?? 'unknown-contact' };
    return undefined;
  }
  model.contactName.value = contact.name;
  model.addressHiding.value = addressHiding(settings, contact);
  model.chosen.value = {
    microphoneId: settings.microphoneId,
    cameraId: settings.cameraId,
    speakerId: settings.speakerId,
  };
  model.quality.value = settings.callQuality;
  const devices = new LocalDevices(model, settingsStore);
  const quality = new QualityControl(model);
  const supplies = new CallSupplies({
    identity: own.identity,
    contact,
    settings,
    contacts,
    history,
    settingsStore,
    model,
    logger,
    attach: (connection) => {
      quality.follow(connection);
      devices.attach(connection);
      chat.attach(contact.id, contact.name, connection);
    },
  });
  return new CallSession({
    model,
    clock: systemClock,
    contact,
    devices,
    quality,
    tones: new TonePlayer(),
    supplies,
    chat,
  });
}

function show(session: CallSession | undefined): void {
  const shownChat = session && { model: chatModel, actions: chat };
  if (root) render(<CallPage model={model} actions={session ?? idleActions} chat={shownChat} />, root);
}

/** ?to=CONTACT&media=video: a call to make. &start=1 begins at once. */
async function outgoing(contactId: string, media: CallMedia): Promise<CallSession | undefined> {
  const session = await buildSession(contactId);
  if (!session) return undefined;
  model.media.value = media;
  session.prepareOutgoing(media);
  if (query.get('start') === '1') session.startCall(media);
  watchView('crossover', (crossover) => {
    if (crossover) session.crossOver(crossover.outgoingId, crossover.call);
  });
  return session;
}

/** ?ring=CALL: an incoming call, still ringing or answered on its notification. */
async function incoming(callId: string): Promise<CallSession | undefined> {
  const [call, view] = await Promise.all([request('takeCall', { callId }), readView('ring')]);
  const session = call && (await buildSession(call.contactId));
  if (!call || !session) {
    const over = view?.callId === callId ? view.outcome : undefined;
    if (model.phase.value.phase === 'loading')
      model.phase.value = over
        ? { phase: 'ended', reason: ringEnd[over], durationMs: 0 }
        : { phase: 'unavailable', why: 'ring-over' };
    return undefined;
  }
  session.prepareIncoming(call);
  watchView('ring', (ring) => {
    if (ring?.callId !== callId) return;
    if (ring.phase === 'answered') session.accept(ring.answerMedia ?? ring.media);
    else if (ring.phase === 'over' && ring.outcome) {
      session.ringOver(ringEnd[ring.outcome]);
      if (ring.outcome === 'answered-here') session.close();
    }
  });
  // While it rings, this page wakes a background that was put to sleep.
  const wake = setInterval(() => {
    if (model.phase.value.phase === 'incoming') void request('takeCall', { callId }).catch(() => undefined);
    else clearInterval(wake);
  }, 5_000);
  return session;
}

async function start(): Promise<void> {
  show(undefined);
  const [callId, contactId] = [query.get('ring'), query.get('to')];
  const media: CallMedia = query.get('media') === 'audio' ? 'audio' : 'video';
  const session = callId ? await incoming(callId) : await outgoing(contactId ?? '', media);
  show(session);
  if (!session) return;
  watchView('endRequestedAt', (at) => {
    if (at !== undefined && Date.now() - at < 2_000) session.leave();
  });
  addEventListener('beforeunload', (event) => {
    if (session.isRunning) event.preventDefault();
  });
  addEventListener('pagehide', () => session.pageGoes());
  model.phase.subscribe(({ phase }) => {
    if (phase === 'ended') chat.end();
  });
}

start().catch((error: unknown) => {
  logger.fault('start', error);
  const why = error instanceof NewerDatabaseError ? 'newer-data' : 'ring-over';
  model.phase.value = { phase: 'unavailable', why };
});
