// Which way a running call goes and how it fares, from the statistics of its RTCPeerConnection. The debugger finds the connection
// among all objects of the page: the product under test is not changed for it.
import type { JSHandle, Page } from 'puppeteer-core';

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
export function connectionPath(page: Page): Promise<ConnectionPath | undefined> {
  return withConnections(page, (connections) =>
    connections.evaluate(async (all) => {
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
    }),
  );
}

/** What tells a link that carries nothing from one that is slow, and both from a page that sends nothing. */
const tellingNumbers: Readonly<Record<string, readonly string[]>> = {
  'candidate-pair': ['currentRoundTripTime', 'availableOutgoingBitrate', 'bytesSent', 'bytesReceived'],
  'inbound-rtp': ['kind', 'packetsReceived', 'packetsLost', 'framesDecoded', 'framesDropped', 'freezeCount'],
  'outbound-rtp': ['kind', 'active', 'packetsSent', 'retransmittedPacketsSent', 'framesEncoded', 'targetBitrate'],
};

/** The connections of a page in numbers, a line for each part that was used: for the message of a test that failed. */
export function connectionNumbers(page: Page): Promise<readonly string[]> {
  return withConnections(page, (connections) =>
    connections.evaluate(async (all, telling) => {
      const lines: string[] = [];
      for (const connection of all) {
        if (Object.hasOwn(connection, 'constructor') || connection.connectionState === 'closed') continue;
        lines.push(connection.connectionState);
        const report = new Map<string, Record<string, unknown>>(await connection.getStats());
        for (const entry of report.values()) {
          const names = telling[String(entry['type'])]?.filter((name) => name in entry);
          const isUsed = entry['bytesSent'] || entry['bytesReceived'];
          if (names && isUsed) lines.push([entry['type'], ...names.map((name) => `${name}=${entry[name]}`)].join(' '));
        }
      }
      return lines;
    }, tellingNumbers),
  );
}

/** All connections of the page, and prototypes of them. */
async function withConnections<Result>(
  page: Page,
  look: (connections: JSHandle<readonly RTCPeerConnection[]>) => Promise<Result>,
): Promise<Result> {
  const prototype = await page.evaluateHandle(() => RTCPeerConnection.prototype);
  const connections = await page.queryObjects(prototype);
  try {
    return await look(connections);
  } finally {
    await Promise.all([prototype.dispose(), connections.dispose()]);
  }
}
