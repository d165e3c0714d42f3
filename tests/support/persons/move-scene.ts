// Alice at two devices, and Bob: a call of Alice and Bob, which goes over from one of her devices to the other. Everything of it is the product's
// own, but for relays, connections and the word from background to page.
import '../drivers/extension-texts.ts';
import { signal } from '@preact/signals';
import { emptyChatModel } from '../../../src/call/chat/chat-model.ts';
import type { ChatSession } from '../../../src/call/chat/chat-session.ts';
import { emptyGroupModel, type GroupModel } from '../../../src/call/model/group-model.ts';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { emptyPersonModel, type PairModel } from '../../../src/call/model/person-model.ts';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { loadFlows } from '../../../src/call/page/load-flows.ts';
import { openArrival } from '../../../src/call/page/open-arrival.ts';
import { type OpenedCall, openCall } from '../../../src/call/page/open-call.ts';
import { concat, utf8 } from '../../../src/core/base/bytes.ts';
import { formatHandOverWord, parseHandOverWord } from '../../../src/core/call/hand-over-word.ts';
import type { SessionView, TakenCall } from '../../../src/core/call/requests.ts';
import type { SignalOf } from '../../../src/core/signaling/signal.ts';
import type { Conversation } from '../../../src/core/transfer/chat.ts';
import { FakeLinks } from '../doubles/fake-links.ts';
import { SimulatedWorld } from '../worlds/simulated-world.ts';
import { nobodyChats } from './call-page-double.ts';
import { Person } from './person.ts';
import { personWorld } from './person-world.ts';
import { fingerprintOf } from './silent-connection.ts';
import { SpeakingConnections } from './speaking-connection.ts';

type Moves = NonNullable<SignalOf<'invite'>['moves']>;

/** One page of one device. */
export class MovePage {
  readonly person: Person;
  readonly model: PairModel = emptyPersonModel();
  readonly group: GroupModel = emptyGroupModel();
  readonly conversation = signal<Conversation>([]);
  readonly files = emptyChatModel().files;
  readonly own = emptyOwnModel();
  readonly world: CallWorld;
  opened: Pick<OpenedCall, 'group' | 'actions'> | undefined;
  /** The devices from which a call was to be brought back. */
  readonly brought: string[] = [];
  /** In the history, as it is kept. */
  readonly recorded: { readonly callId: string; readonly direction: string; readonly durationMs: number }[] = [];
  page = '';
  #onHold: (value: SessionView['callsOnHold']) => void = () => undefined;

  constructor(scene: MoveScene, person: Person) {
    this.person = person;
    const world = personWorld({
      person,
      world: scene.world,
      links: scene.links,
      toldAfterMs: 0,
      onHeld: (holding) => {
        if (holding && 'page' in holding) this.page = String(holding.page);
      },
    });
    const { sealer } = scene.world;
    const carriers = world.carriers;
    this.world = {
      ...world,
      carriers: async () => ({
        ...(await carriers()),
        prepareMaterial: async () => {
          const fingerprint = await sealer.sha256(concat(utf8(person.dev), sealer.randomBytes(8)));
          const connect = () => scene.connections.make(fingerprint);
          return {
            opener: await sealer.generateOpener(),
            random: sealer.randomBytes(32),
            fingerprint,
            connection: connect(),
            renew: connect,
          };
        },
        openLink: ({ connection, opening, events }) => scene.openLink(connection, opening, events),
      }),
      history: { put: async (entry) => void this.recorded.push(entry) },
      moves: () => import('../../../src/call/page/own-moves.ts'),
      bringCall: async (dev) => void this.brought.push(dev),
      watch: (key, tell) => {
        if (key === 'askedMove') person.onAskedMove = tell as (value: SessionView['askedMove']) => void;
        if (key === 'callsOnHold') this.#onHold = tell as (value: SessionView['callsOnHold']) => void;
        return () => undefined;
      },
    };
  }

  get parts() {
    const chat = Object.assign(Object.create(nobodyChats) as ChatSession, {
      conversation: this.conversation,
      files: this.files,
      takeOver: (past: Conversation) => {
        this.conversation.value = [...this.conversation.value, ...past];
      },
    });
    return { model: this.model, own: this.own, group: this.group, chat };
  }

  /** The background has put the call of this page on hold, or has it go on. */
  hold(isOnHold: boolean): void {
    const { held } = this.person;
    this.#onHold(isOnHold && held ? [held] : undefined);
  }

  get phase(): string {
    const phase = this.shown.phase.value;
    return phase.phase === 'ended' ? phase.reason : phase.phase;
  }

  /** What the page shows. */
  get shown() {
    return this.opened?.group.shown.value ?? this.model;
  }

  get moving(): string | undefined {
    const moving = this.group.handOver.value;
    return moving && ('why' in moving ? `${moving.state} ${moving.why}` : moving.state);
  }
}

export class MoveScene {
  readonly world = new SimulatedWorld(11);
  readonly links = new FakeLinks(this.world.clock);
  readonly connections = new SpeakingConnections(this.world.clock);
  readonly openLink: ReturnType<typeof openLinks>;
  readonly desk: Person;
  readonly phone: Person;
  readonly bob: Person;
  readonly pages: MovePage[] = [];
  /** Relays take nothing any more. */
  isCutOff = false;
  /** What an arriving device says of the call that it goes on with. */
  changeMoves: (moves: Moves) => Moves = (moves) => moves;

  private constructor(people: readonly [Person, Person, Person], world: SimulatedWorld, links: FakeLinks) {
    [this.desk, this.phone, this.bob] = people;
    this.world = world;
    this.links = links;
    this.connections = new SpeakingConnections(world.clock);
    links.onMeet = (one, two) => this.connections.meet(one, two);
    this.openLink = openLinks(links);
    this.connections.alter = (label, message) => {
      const word = label === 'own' ? parseHandOverWord(message) : undefined;
      if (word?.t !== 'state') return message;
      return formatHandOverWord({ ...word, person: { ...word.person, moves: this.changeMoves(word.person.moves) } });
    };
    world.swallow = () => this.isCutOff;
  }

  static async make(): Promise<MoveScene> {
    const world = new SimulatedWorld(11);
    const links = new FakeLinks(world.clock);
    const desk = await Person.make(world, links, 'Alice', { device: 'desk' });
    const phone = await Person.make(world, links, 'Alice', { device: 'phone' });
    const bob = await Person.make(world, links, 'Bob');
    desk.knows(bob);
    bob.knows(desk);
    // Simulated time does not wait for files.
    await Promise.all([loadFlows(), import('../../../src/call/moving/successors.ts')]);
    return new MoveScene([desk, phone, bob], world, links);
  }

  page(person: Person): MovePage {
    const page = new MovePage(this, person);
    this.pages.push(page);
    return page;
  }

  /** Bob and Alice's first device are in a call, which she began. */
  async connect(): Promise<{ desk: MovePage; bob: MovePage }> {
    const desk = this.page(this.desk);
    const opened = await openCall({ contactIds: [this.bob.id] }, desk.world, desk.parts);
    if ('why' in opened) throw new Error(opened.why);
    desk.opened = opened;
    opened.sit(true);
    opened.offerOutgoing('video');
    opened.actions.startCall('video');
    await this.world.until(() => this.bob.rings.length > 0, 'Bob rings');
    const bob = this.page(this.bob);
    const callId = this.bob.rings[0] ?? '';
    const call = await this.bob.ask(
      async (runner): Promise<TakenCall | undefined> =>
        (await runner.answer(callId, 'video', { inPage: false })) ? runner.take(callId) : undefined,
    );
    const answered = await openCall({ contactIds: [this.desk.id] }, bob.world, bob.parts);
    if ('why' in answered || !call) throw new Error('no call');
    bob.opened = answered;
    answered.sit(false);
    answered.session.prepareIncoming(call);
    answered.session.accept('video');
    await this.world.until(() => desk.phase === 'connected' && bob.phase === 'connected', 'the call connects', 30_000);
    await this.world.pass(2_000);
    return { desk, bob };
  }

  /** The person opens the page at this device and takes the call from that one. */
  async take(at: Person, from: Person): Promise<MovePage> {
    const page = this.page(at);
    const opened = await openArrival(from.dev, page.world, page.parts);
    if ('why' in opened) throw new Error(opened.why);
    page.opened = opened;
    opened.begin();
    return page;
  }
}

function openLinks(links: FakeLinks) {
  return (
    connection: Parameters<typeof fingerprintOf>[0],
    opening: Parameters<ReturnType<FakeLinks['opener']>>[0],
    events: Parameters<ReturnType<FakeLinks['opener']>>[1],
  ) => links.opener(fingerprintOf(connection))(opening, events);
}
