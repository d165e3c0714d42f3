// Which way a running call goes, from the statistics of its RTCPeerConnection. The debugger finds the connection among all objects of the
// page: the product under test is not changed for it.
import type { Page } from 'puppeteer-core';

/** One end of the way. */
interface PathEnd {
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly address: string;
  readonly port: number;
  /** How this browser reaches its TURN server; on the own end of a relayed way only. */
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
}

export interface ConnectionPath {
  readonly own: PathEnd;
  readonly other: PathEnd;
}

/** The candidate pair in use, or undefined while no connection is up. */
export async function connectionPath(page: Page): Promise<ConnectionPath | undefined> {
  const prototype = await page.evaluateHandle(() => RTCPeerConnection.prototype);
  const connections = await page.queryObjects(prototype);
  try {
    return await connections.evaluate(async (all) => {
      for (const connection of all) {
        // The prototypes of subclasses are found, too.
        if (Object.hasOwn(connection, 'constructor') || connection.connectionState !== 'connected') continue;
        const report = new Map<string, Record<string, string>>(await connection.getStats());
        const transport = [...report.values()].find((one) => one['type'] === 'transport');
        const pair = report.get(transport?.['selectedCandidatePairId'] ?? '');
        const end = (id: string | undefined) => {
          const { candidateType, address, port, relayProtocol } = report.get(id ?? '') ?? {};
          return {
            type: candidateType as 'host',
            address: address ?? '',
            port: Number(port),
            ...(relayProtocol ? { relayProtocol: relayProtocol as 'udp' } : {}),
          };
        };
        if (pair) return { own: end(pair['localCandidateId']), other: end(pair['remoteCandidateId']) };
      }
      return undefined;
    });
  } finally {
    await Promise.all([prototype.dispose(), connections.dispose()]);
  }
}
