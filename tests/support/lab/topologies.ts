// The networks that Alice and Bob call each other over. Each starts a lab of its own; what makes its call possible or impossible is left
// to the test.
import type { Host } from './host.ts';
import { Lab } from './lab.ts';
import { OverlayNode } from './overlay.ts';
import { People } from './people.ts';
import type { Family, Router, RouterRules } from './router.ts';

/** What a running topology consists of, by who uses it. */
export interface Topology {
  readonly lab: Lab;
  readonly routers: { readonly alice: Router; readonly bob: Router };
  readonly hosts: { readonly alice: Host; readonly bob: Host };
  readonly people: People;
  /** Changes the rules of both routers. */
  setRules(rules: Partial<RouterRules>): void;
}

async function build(
  profiles: string,
  plan: (lab: Lab) => { readonly alice: Router; readonly bob: Router },
): Promise<Topology> {
  const lab = await Lab.start();
  try {
    const routers = plan(lab);
    const hosts = { alice: await lab.addHost(routers.alice), bob: await lab.addHost(routers.bob) };
    const people = await People.at(lab, hosts, profiles);
    const setRules = (rules: Partial<RouterRules>) => {
      for (const router of new Set([routers.alice, routers.bob])) router.setRules(rules);
    };
    return { lab, routers, hosts, people, setRules };
  } catch (error) {
    await lab.close();
    throw error;
  }
}

/** Two homes, each with a router of its own. */
export const twoHomes = (
  profiles: string,
  families: { readonly alice: readonly Family[]; readonly bob: readonly Family[] } = { alice: ['v4'], bob: ['v4'] },
): Promise<Topology> =>
  build(profiles, ({ internet }) => ({
    alice: internet.addRouter('alice', families.alice),
    bob: internet.addRouter('bob', families.bob),
  }));

/** One home for both. */
export const oneHome = (profiles: string): Promise<Topology> =>
  build(profiles, ({ internet }) => {
    const router = internet.addRouter('both');
    return { alice: router, bob: router };
  });

/** Yggdrasil on the hosts of both, by way of a node in the internet that both can reach. */
export async function joinOverlay({ lab, hosts }: Topology): Promise<{ stop(): Promise<void> }> {
  const { internet, folder } = lab;
  const hub = await OverlayNode.start(internet.namespace, folder, { listensOn: [internet.overlayListener] });
  const [alice, bob] = await Promise.all(
    [hosts.alice, hosts.bob].map(({ namespace }) =>
      OverlayNode.start(namespace, folder, { peers: [internet.overlayPeer] }),
    ),
  );
  if (!alice || !bob) throw new Error('no nodes');
  await alice.untilReaches(bob);
  return {
    async stop() {
      await Promise.all([hub, alice, bob].map((node) => node.stop()));
    },
  };
}

/** A card more for each, with an address of Mycelium's range, and a network that joins these cards past the routers. */
export function joinMyceliumRange({ lab, hosts }: Topology): void {
  const { namespace } = lab.internet;
  namespace.addBridge('mycelium');
  for (const [index, host] of [hosts.alice, hosts.bob].entries()) {
    const port = `m${index}`;
    host.namespace.connect('mycelium', namespace, port);
    namespace.ip(`link set ${port} master mycelium`);
    host.namespace.addAddresses('mycelium', `4a${index}::1/7`);
  }
}
