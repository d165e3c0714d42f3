// A device of a person behind a router: where its browser runs, and what happens to its network card.
import type { Namespace } from './namespaces.ts';
import { type Router, withPrefix } from './router.ts';
import { Wire } from './wire.ts';

/** A network card of a host, the router at its other end, and its number in the addresses there. */
interface Card {
  readonly device: string;
  readonly router: Router;
  number: number;
}

export class Host {
  readonly namespace: Namespace;
  /** The cable of the first card. */
  readonly wire: Wire;
  readonly #cards: Card[] = [];
  #current: Card;

  private constructor(namespace: Namespace, wire: Wire, card: Card) {
    this.namespace = namespace;
    this.wire = wire;
    this.#cards.push(card);
    this.#current = card;
  }

  /** Puts a host behind a router. @param number its place in the router's addresses. */
  static async behind(router: Router, namespace: Namespace, number: number): Promise<Host> {
    const card = { device: 'eth0', router, number };
    const port = `p${number}`;
    const wire = await Wire.between(namespace, card.device, router.namespace, port);
    router.addPort(port);
    const host = new Host(namespace, wire, card);
    host.#configure();
    return host;
  }

  /** The router that the host uses now. */
  get router(): Router {
    return this.#current.router;
  }

  /** A second card, at another router, switched off. */
  addCard(router: Router): void {
    const card = { device: `eth${this.#cards.length}`, router, number: this.#current.number };
    const port = `p${card.number}`;
    this.namespace.connect(card.device, router.namespace, port);
    router.addPort(port);
    this.namespace.ip(`link set ${card.device} down`);
    this.#cards.push(card);
  }

  /** Switches the card in use off. What was known of the way out goes with it. */
  switchOff(): void {
    this.namespace.ip(`link set ${this.#current.device} down`);
  }

  /** Switches the card on again, at that router if it is named. */
  switchOn(router = this.#current.router): void {
    const card = this.#cards.find((one) => one.router === router);
    if (!card) throw new Error('The host has no card at that router');
    this.#current = card;
    this.#configure();
  }

  /** Takes another address on the same card, as after a new lease. */
  changeAddress(number: number): void {
    this.#current.number = number;
    this.#configure();
  }

  /** Takes the way out of its own network away. */
  dropDefaultRoute(): void {
    const { router } = this.#current;
    if (router.families.includes('v4')) this.namespace.ip('route del default');
    if (router.families.includes('v6')) this.namespace.ip('-6 route del default');
  }

  restoreDefaultRoute(): void {
    const { device, router } = this.#current;
    for (const family of router.families)
      this.namespace.ip(`route replace default via ${router.gateway(family)} dev ${device}`);
  }

  #configure(): void {
    const { device, router, number } = this.#current;
    this.namespace.ip(`link set ${device} up`, `addr flush dev ${device} scope global`);
    for (const family of router.families)
      this.namespace.addAddresses(device, withPrefix(family, router.address(family, number)));
    this.restoreDefaultRoute();
  }
}
