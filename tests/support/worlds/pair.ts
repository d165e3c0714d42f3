// Alice and Bob, each with a browser of some kind, on one relay, who have each other as contacts: what most journeys begin with.
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { type Kinds, launchBrowser } from '../drivers/browser-kinds.ts';
import type { Permissions } from '../drivers/chromium-arguments.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { NotificationDaemon } from '../drivers/notification-daemon.ts';
import type { VirtualDisplay } from '../drivers/virtual-display.ts';
import { becomeContacts, closeCallPages } from '../journeys/two-people.ts';
import { aliceMedia, bobMedia } from '../samples/generated-media.ts';

type Start = (options: { readonly port?: number }) => Promise<LocalRelay>;

export interface PairOptions {
  readonly startRelay?: Start;
  /** Of both. */
  readonly permissions?: Permissions;
  /** Chromium's own test picture comes in every size that is asked for; the pictures of a person of ours do not. */
  readonly cameras?: 'of one size' | 'of any size';
  readonly alicesDisplay?: VirtualDisplay | undefined;
  readonly bobsDisplay?: VirtualDisplay | undefined;
}

const startQuietRelay: Start = (options) => startMqttRelay({ ...options, record: false });

export class Pair {
  readonly alice: DrivenBrowser;
  readonly bob: DrivenBrowser;
  /** Bob's desktop. */
  readonly bus: NotificationDaemon;
  readonly #start: Start;
  readonly #buses: readonly NotificationDaemon[];
  #relay: LocalRelay;

  private constructor(
    people: readonly [DrivenBrowser, DrivenBrowser],
    buses: readonly [NotificationDaemon, NotificationDaemon],
    relay: LocalRelay,
    start: Start,
  ) {
    [this.alice, this.bob] = people;
    this.bus = buses[1];
    this.#buses = buses;
    this.#relay = relay;
    this.#start = start;
  }

  static async meet(
    [first, second]: Kinds,
    {
      startRelay: start = startQuietRelay,
      permissions = 'granted',
      cameras = 'of one size',
      alicesDisplay,
      bobsDisplay,
    }: PairOptions = {},
  ): Promise<Pair> {
    const [relay, alicesBus, bobsBus] = await Promise.all([
      start({}),
      NotificationDaemon.start(),
      NotificationDaemon.start(),
    ]);
    const [alice, bob] = await Promise.all([
      launchBrowser(first, {
        name: 'Alice',
        ...(cameras === 'of one size' ? { media: aliceMedia } : {}),
        notifications: alicesBus,
        permissions,
        display: alicesDisplay,
      }),
      launchBrowser(second, {
        name: 'Bob',
        ...(cameras === 'of one size' ? { media: bobMedia } : {}),
        notifications: bobsBus,
        permissions,
        display: bobsDisplay,
      }),
    ]);
    const pair = new Pair([alice, bob], [alicesBus, bobsBus], relay, start);
    try {
      await becomeContacts(alice, bob, [relay.url]);
    } catch (error) {
      await pair.close();
      throw error;
    }
    return pair;
  }

  /** The one that runs now. */
  get relay(): LocalRelay {
    return this.#relay;
  }

  /** The relay's power is cut. @returns brings it back under the same address. */
  async loseRelay(): Promise<() => Promise<void>> {
    const port = Number(new URL(this.#relay.url).port);
    await this.#relay.close();
    return async () => {
      this.#relay = await this.#start({ port });
    };
  }

  /** The notification of Alice's call. */
  callingNotification(): ReturnType<NotificationDaemon['waitForNotification']> {
    return this.bus.waitForNotification(({ summary }) => summary === 'Alice is calling');
  }

  /** Closes whatever call pages are still open, so that the next test starts from nothing. */
  async hangUp(): Promise<void> {
    await closeCallPages(this.alice, this.bob);
  }

  async close(): Promise<void> {
    await Promise.all([this.alice.close(), this.bob.close()]);
    await Promise.all([this.#relay.close(), ...this.#buses.map((bus) => bus.stop())]);
  }
}
