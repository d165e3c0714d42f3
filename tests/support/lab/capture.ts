// What leaves a network card, as tcpdump sees it: only where to, never what.
import type { Namespace } from './namespaces.ts';
import type { Server } from './programs.ts';

/** Where a packet went. 'other' is the system's own talk with its network: IGMP, ICMPv6. */
export interface Destination {
  readonly protocol: 'udp' | 'tcp' | 'other';
  readonly address: string;
  /** 0 where there is none. */
  readonly port: number;
}

export class Capture {
  readonly #tcpdump: Server;

  private constructor(tcpdump: Server) {
    this.#tcpdump = tcpdump;
  }

  /** Sees every packet that the namespace sends from now on through that card. */
  static async of(namespace: Namespace, device = 'eth0'): Promise<Capture> {
    const flags = ['-i', device, '-Q', 'out', '-nn', '-l', '-q', '-t', '--immediate-mode'];
    return new Capture(await namespace.start('tcpdump', [...flags, 'ip or ip6'], `listening on ${device}`));
  }

  /** Ends it. @returns where packets went, each destination once. */
  async stop(): Promise<readonly Destination[]> {
    await this.#tcpdump.kill('SIGINT');
    const seen = new Map<string, Destination>();
    // IP 10.1.0.2.41234 > 198.51.100.2.3478: UDP, length 20
    for (const [, to = '', word] of this.#tcpdump.said.matchAll(/^IP6? \S+ > (\S+): (\w+)/gm)) {
      const protocol = word === 'UDP' ? 'udp' : word === 'tcp' ? 'tcp' : 'other';
      const dot = protocol === 'other' ? to.length : to.lastIndexOf('.');
      seen.set(`${protocol} ${to}`, { protocol, address: to.slice(0, dot), port: Number(to.slice(dot + 1)) });
    }
    return [...seen.values()];
  }
}
