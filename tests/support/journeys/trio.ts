// Alice, Bob and Carol, each with a browser of some kind, on one relay. Alice and each of the others have each other as contacts; Bob and
// Carol do not know each other.
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { launchBrowser } from '../drivers/browser-kinds.ts';
import type { BrowserKind, DrivenBrowser } from '../drivers/driven-browser.ts';
import { aliceMedia, bobMedia, carolMedia } from '../samples/generated-media.ts';
import { meet } from './two-people.ts';

/** The browsers of Alice, Bob and Carol. */
export type ThreeKinds = readonly [BrowserKind, BrowserKind, BrowserKind];

export class Trio {
  readonly alice: DrivenBrowser;
  readonly bob: DrivenBrowser;
  readonly carol: DrivenBrowser;
  readonly relay: LocalRelay;

  private constructor([alice, bob, carol]: readonly [DrivenBrowser, DrivenBrowser, DrivenBrowser], relay: LocalRelay) {
    this.alice = alice;
    this.bob = bob;
    this.carol = carol;
    this.relay = relay;
  }

  static async meet([alices, bobs, carols]: ThreeKinds): Promise<Trio> {
    const relay = await startMqttRelay({ record: false });
    const people = await Promise.all([
      launchBrowser(alices, { name: 'Alice', media: aliceMedia }),
      launchBrowser(bobs, { name: 'Bob', media: bobMedia }),
      launchBrowser(carols, { name: 'Carol', media: carolMedia }),
    ]);
    const trio = new Trio(people, relay);
    try {
      await meet(trio.alice, [trio.bob, trio.carol], [relay.url]);
    } catch (error) {
      await trio.close();
      throw error;
    }
    return trio;
  }

  async close(): Promise<void> {
    await Promise.all([this.alice, this.bob, this.carol].map((one) => one.close()));
    await this.relay.close();
  }
}
