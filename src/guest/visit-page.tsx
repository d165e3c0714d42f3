// The composition root of a visit: reads the invitation, brings the call into a world that keeps nothing, shows the views. No logic of its own.
import { computed, effect, type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { CallPage, type LateViews } from '../call/call-page.tsx';
import { type ChatModel, emptyChatModel } from '../call/chat/chat-model.ts';
import { ChatSession } from '../call/chat/chat-session.ts';
import { LocalDevices } from '../call/devices/local-devices.ts';
import { emptyGroupModel } from '../call/model/group-model.ts';
import type { Own } from '../call/model/own-context.ts';
import { emptyOwnModel, type OwnModel } from '../call/model/own-model.ts';
import { emptyPersonModel, type PairModel } from '../call/model/person-model.ts';
import type { CallWorld } from '../call/page/call-world.ts';
import { type OpenedCall, openCall } from '../call/page/open-call.ts';
import { cleanDisplayName } from '../core/base/display-name.ts';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import { makeLogger } from '../platform/logger.ts';
import { systemClock } from '../platform/system-clock.ts';
import { type ReadInvitation, readInvitation } from './invitation.ts';
import { forgetInvitation, type InvitationText } from './invitation-text.ts';
import { emptyVisitModel, type VisitModel } from './model/visit-model.ts';
import { PassingDisk, PassingOffers, PassingSettings } from './passing-stores.ts';
import { loadCarriers, passingWorld } from './passing-world.ts';
import { GuestPage } from './views/guest-page.tsx';
import { type Knock, Visit } from './visit.ts';

const logger = makeLogger('guest');
const fault = (what: string, error: unknown): void => logger.fault(what, error);

/** A page from this very machine, or from a file on it. */
const isNear = (): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])?$/.test(location.hostname);

/** A knock with all that is shown of it. */
interface OpenedKnock extends Knock {
  readonly opened: OpenedCall;
  readonly shownGroup: OpenedCall['shownGroup'];
  readonly chat: { readonly model: ChatModel; readonly actions: ChatSession };
}

interface Room {
  readonly world: CallWorld;
  readonly own: OwnModel;
  readonly devices: Signal<LocalDevices>;
  readonly text: string;
}

async function knockAt({ world, own, devices, text }: Room): Promise<OpenedKnock> {
  const [person, group, chatModel] = [emptyPersonModel(), emptyGroupModel(), emptyChatModel()];
  const chat = new ChatSession({
    model: chatModel,
    openDisk: async () => new PassingDisk(),
    clock: systemClock,
    isContact: async () => false,
    offered: new PassingOffers(),
    fault,
  });
  const opened = await openCall({ guestLink: text }, world, {
    model: person,
    own,
    group,
    chat,
    devices: devices.value,
  });
  if ('why' in opened) throw new Error(`no call: ${opened.why}`);
  opened.sit(false);
  opened.offerOutgoing('video');
  return {
    opened,
    shownGroup: { ...opened.shownGroup, isGuest: true },
    chat: { model: chatModel, actions: chat },
    phase: computed(() => opened.group.shown.value.phase.value),
    relaysUp: computed(() => opened.group.shown.value.relaysUp.value),
    start: (media) => opened.group.invitations.startCall(media),
    end: () => opened.group.leave(),
  };
}

/** What carries a call and what is seen of one: while somebody asks there is time for it. */
async function loadTheRest(late: Signal<LateViews>): Promise<void> {
  if (late.value !== 'loading') return;
  await loadCarriers().catch((error: unknown) => fault('load carriers', error));
  try {
    late.value = await import('../call/late-views.tsx');
  } catch (error) {
    fault('load views', error);
    late.value = 'failed';
  }
}

/** Shows the visit that the address invites to. */
export async function openVisit(root: HTMLElement, { text, address }: InvitationText): Promise<void> {
  const model = emptyVisitModel();
  model.pageHost.value = location.host;
  const read = await readInvitation(text, new WebCryptoSealer(), isNear());
  if ('why' in read) {
    const { showLack } = await import('./lack-page.tsx');
    showLack(root, read.why, address);
    return;
  }
  visit(root, model, read, address);
}

function visit(root: HTMLElement, model: VisitModel, read: ReadInvitation, address: string): void {
  const { name: host, opensAt, closesAt, title } = read.link;
  model.invitation.value = {
    host,
    ...(opensAt === undefined ? {} : { opensAt }),
    ...(closesAt === undefined ? {} : { closesAt }),
    ...(title === undefined ? {} : { title }),
  };
  const settings = new PassingSettings({ relays: read.relays, iceServers: read.servers });
  const own = emptyOwnModel();
  const devices = signal(new LocalDevices(own, settings));
  const shown = signal<OpenedKnock | undefined>(undefined);
  const late = signal<LateViews>('loading');
  const world = passingWorld({
    name: () => cleanDisplayName(model.name.value),
    settings,
    logger,
    onAgain: () => goes.again(),
  });
  const goes = new Visit({
    model,
    clock: systemClock,
    address,
    openDevices: (media) => {
      devices.value.wish(media);
      void loadTheRest(late);
    },
    hasCamera: () => own.camera.value !== 'off',
    knock: () => knockAt({ world, own, devices, text: read.text }),
    onShown: (knock) => {
      shown.value = knock as OpenedKnock | undefined;
    },
    onLeft: () => {
      devices.value.stop();
      devices.value = new LocalDevices(own, settings);
    },
    fault,
  });
  const nobodyYet = emptyPersonModel();
  nobodyYet.contactName.value = host;
  render(
    <Page
      model={model}
      visit={goes}
      own={own}
      devices={devices}
      shown={shown}
      late={late}
      world={world}
      nobodyYet={nobodyYet}
    />,
    root,
  );
  goes.begin();
  effect(() => {
    const { at } = model.phase.value;
    if (at === 'over' || at === 'closed') forgetInvitation(window);
  });
  addEventListener('beforeunload', (event) => {
    if (shown.value?.opened.group.isRunning) event.preventDefault();
  });
  addEventListener('pagehide', () => shown.value?.opened.group.pageGoes());
}

interface PageProps {
  readonly model: VisitModel;
  readonly visit: Visit;
  readonly own: OwnModel;
  readonly devices: Signal<LocalDevices>;
  readonly shown: Signal<OpenedKnock | undefined>;
  readonly late: Signal<LateViews>;
  readonly world: CallWorld;
  readonly nobodyYet: PairModel;
}

function Page({ model, visit, own, devices, shown, late, world, nobodyYet }: PageProps) {
  const ours: Own = { model: own, actions: devices.value };
  const knock = shown.value;
  const person = knock?.opened.group.shown.value ?? nobodyYet;
  return (
    <GuestPage model={model} actions={visit} own={ours} person={person} chat={knock?.chat}>
      {knock && (
        <CallPage
          model={person}
          page={world.page}
          own={ours}
          actions={knock.opened.actions}
          chat={knock.chat}
          group={knock.shownGroup}
          late={late.value}
        />
      )}
    </GuestPage>
  );
}
