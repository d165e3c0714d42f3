// How long a call takes until both see each other, over each kind of network: ours from the click on accept, beside plain simple-peer
// with its cameras on and nothing between the two that would cost time.
import { connectPlainly } from './plain-peer.mjs';

async function plain({ scene }, servers) {
  const { setUpMs, close } = await connectPlainly(scene.people, servers);
  await close();
  return setUpMs;
}

/**
 * Measures each network `rounds` times, ours and plain simple-peer in turns.
 * @returns {Promise<{ name: string, ours: number[], plain: number[] }[]>} in ms.
 */
export async function measureSetUp({ bench, rounds, onRound }) {
  const rows = bench.networks.map(({ name }) => ({ name, ours: [], plain: [] }));
  for (let round = 0; round < rounds; round++)
    for (const [index, network] of bench.networks.entries()) {
      const row = rows[index];
      await bench.useNetwork(network);
      row.ours.push(await bench.timeToPictures());
      row.plain.push(await plain(bench, network.servers));
      onRound(round, row);
    }
  await bench.useNetwork(bench.networks[0]);
  return rows;
}
