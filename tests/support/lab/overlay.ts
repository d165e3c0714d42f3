// A node of Yggdrasil in a namespace. Nodes find each other by the address they are told to peer with, and nothing else.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../runner/condition.ts';
import type { Namespace } from './namespaces.ts';
import { run, type Server } from './programs.ts';

/** Whether an address is one of Yggdrasil's, 200::/7. */
export const isOverlayAddress = (address: string): boolean => /^[23][0-9a-f]{2}:/i.test(address);

/** Says whether an address answers within a second: a closed port does, by refusing. */
const knock = `
import socket, sys
try:
    socket.create_connection((sys.argv[1], 9), 1)
except ConnectionRefusedError:
    print('answered')
except OSError:
    pass
`;

export class OverlayNode {
  readonly address: string;
  readonly #namespace: Namespace;
  readonly #server: Server;

  private constructor(namespace: Namespace, server: Server, address: string) {
    this.#namespace = namespace;
    this.#server = server;
    this.address = address;
  }

  static async start(
    namespace: Namespace,
    folder: string,
    { listensOn = [], peers = [] }: { listensOn?: readonly string[]; peers?: readonly string[] },
  ): Promise<OverlayNode> {
    const file = join(folder, `overlay-${randomBytes(4).toString('hex')}.json`);
    const made = JSON.parse(run('yggdrasil', ['-genconf', '-json'])) as object;
    writeFileSync(
      file,
      JSON.stringify({
        ...made,
        Listen: listensOn,
        Peers: peers,
        MulticastInterfaces: [],
        AdminListen: `unix://${file}.socket`,
        IfName: 'overlay',
      }),
    );
    const address = run('yggdrasil', ['-useconffile', file, '-address']).trim();
    const server = await namespace.start('yggdrasil', ['-useconffile', file], 'Interface IPv6');
    return new OverlayNode(namespace, server, address);
  }

  /** Waits until that node can be reached from here. */
  async untilReaches(other: OverlayNode): Promise<void> {
    await until(() => this.#namespace.run('python3', ['-c', knock, other.address]).includes('answered'), {
      withinMs: 20_000,
      what: 'the nodes of the overlay to reach each other',
    });
  }

  async stop(): Promise<void> {
    await this.#server.kill();
  }
}
