// A home router between a few hosts and the internet of the lab: its kind of address translation, and what its firewall lets through.
// Rules may change while traffic runs.
import type { Namespace } from './namespaces.ts';

export type Family = 'v4' | 'v6';

const prefixLength = { v4: 24, v6: 64 } as const;

/** An address in the one network that stands for the internet. */
export const internetAddress = (family: Family, host: number): string =>
  family === 'v4' ? `198.51.100.${host}` : `2001:2:0:100::${host}`;

/** The same with the size of its network, as `ip` takes it. */
export const withPrefix = (family: Family, address: string): string => `${address}/${prefixLength[family]}`;

/**
 * How IPv4 addresses are translated. 'cone': the same port towards everybody, open only to those who were written to, as most
 * homes have it. 'symmetric': another port towards everybody.
 */
type Translation = 'cone' | 'symmetric';

export interface RouterRules {
  readonly translation: Translation;
  readonly blocksUdp: boolean;
  /** Only these TCP ports can be reached outside; all of them, if none is named. */
  readonly onlyTcpPorts: readonly number[];
  /** Hosts behind it do not reach each other, as in a café's Wi-Fi. */
  readonly isolatesHosts: boolean;
}

const ordinary: RouterRules = { translation: 'cone', blocksUdp: false, onlyTcpPorts: [], isolatesHosts: false };

export class Router {
  readonly namespace: Namespace;
  /** Tells its networks from those of other routers: 10.<number>.0.0/24 and 2001:2:0:<number>::/64. */
  readonly number: number;
  readonly families: readonly Family[];
  readonly #ports: string[] = [];
  #rules: RouterRules = ordinary;

  /** @param namespace has the device `wan`. */
  constructor(namespace: Namespace, number: number, families: readonly Family[]) {
    this.namespace = namespace;
    this.number = number;
    this.families = families;
    namespace.addBridge('lan');
    for (const family of families) {
      namespace.addAddresses('wan', withPrefix(family, this.outsideAddress(family)));
      namespace.addAddresses('lan', withPrefix(family, this.gateway(family)));
    }
    this.setRules({});
  }

  /** The router as the internet sees it, and with IPv4 all its hosts. */
  outsideAddress(family: Family): string {
    return internetAddress(family, 10 + this.number);
  }

  /** The router as its hosts see it. */
  gateway(family: Family): string {
    return this.address(family, 1);
  }

  /** Its own part of the IPv6 internet. */
  get networkV6(): string {
    return `2001:2:0:${this.number}::/64`;
  }

  /** The address of a host behind it. */
  address(family: Family, host: number): string {
    return family === 'v4' ? `10.${this.number}.0.${host}` : `2001:2:0:${this.number}::${host}`;
  }

  /** Puts a device of the router's namespace into its local network. */
  addPort(device: string): void {
    this.#ports.push(device);
    this.namespace.ip(`link set ${device} master lan`);
    this.#isolate();
  }

  /** What is not named is as in an ordinary home. Connections that run are judged by the new rules, but keep their ports. */
  setRules(rules: Partial<RouterRules>): void {
    this.#rules = { ...ordinary, ...rules };
    const { translation, blocksUdp, onlyTcpPorts } = this.#rules;
    const forward = [
      ...(blocksUdp ? ['meta l4proto udp drop'] : []),
      ...(onlyTcpPorts.length > 0
        ? [`iifname "lan" oifname "wan" tcp dport != { ${onlyTcpPorts.join(', ')} } drop`]
        : []),
      'iifname "wan" ct state { new, invalid } drop',
    ];
    this.namespace.run(
      'nft',
      ['-f', '-'],
      `flush ruleset
table ip translation {
  chain outgoing {
    type nat hook postrouting priority srcnat
    oifname "wan" masquerade${translation === 'symmetric' ? ' fully-random' : ''}
  }
}
table inet firewall {
  chain forwarded {
    type filter hook forward priority filter
    ${forward.join('\n    ')}
  }
  # Without this an uninvited packet would take up the port that a host's own packet is about to use.
  chain incoming {
    type filter hook input priority filter
    iifname "wan" meta l4proto { tcp, udp } ct state new drop
  }
}
`,
    );
    this.#isolate();
  }

  #isolate(): void {
    const isolated = this.#rules.isolatesHosts ? 'on' : 'off';
    if (this.#ports.length > 0)
      this.namespace.ip(...this.#ports.map((device) => `link set ${device} type bridge_slave isolated ${isolated}`));
  }
}
