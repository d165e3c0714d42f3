// How long a call takes until both see each other, over each kind of network: ours from the click on accept, beside plain simple-peer
// with its cameras on and nothing between the two that would cost time.
import { connectPlainly } from './plain-peer.mjs';

/** @import { Asked, Bench, Row } from './recovery.mjs' */
/** @typedef {Bench['networks'][number]} Network */

/**
 * @param {Bench} bench
 * @param {Network['servers']} servers
 */
async function plain({ scene }, servers) {
  const { setUpMs, close } = await connectPlainly(scene.people, servers);
  await close();
  return setUpMs;
}

/**
 * Measures each network `rounds` times, ours and plain simple-peer in turns.
 * @param {Asked} asked
 * @returns {Promise<readonly Row[]>}
 */
export async function measureSetUp({ bench, rounds, onRound }) {
  /** @type {readonly { readonly network: Network, readonly row: Row }[]} */
  const all = bench.networks.map((network) => ({ network, row: { name: network.name, ours: [], plain: [] } }));
  for (let round = 0; round < rounds; round++)
    for (const { network, row } of all) {
      await bench.useNetwork(network);
      row.ours.push(await bench.timeToPictures());
      row.plain.push(await plain(bench, network.servers));
      onRound(round, row);
    }
  if (all[0]) await bench.useNetwork(all[0].network);
  return all.map(({ row }) => row);
}
