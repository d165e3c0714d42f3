// What the WebRTC connection of a call page really does: which candidates it told, which it was told, and which pair it uses.
// Chromium only: the debugger finds the connection among the objects of the page.
import type { Page } from 'puppeteer-core';

export interface ConnectionFacts {
  /** Candidate types of the pair in use, from this side. */
  readonly pair: { readonly local: string; readonly remote: string } | undefined;
  /** What this side was told of the other: every candidate line it was given, and every address that it knows of. */
  readonly told: readonly string[];
  readonly remoteAddresses: readonly string[];
  readonly iceServers: readonly string[];
}

/** The connection of a call page with the most candidates: throw-away ones have none. */
export async function connectionFacts(page: Page): Promise<ConnectionFacts> {
  const prototype = await page.evaluateHandle(() => RTCPeerConnection.prototype);
  const all = await page.queryObjects(prototype);
  const facts = await all.evaluate(async (connections: RTCPeerConnection[]) => {
    const live = connections.filter(
      (one) => 'signalingState' in one && Object.hasOwn(Object.getPrototypeOf(one), 'setTrack'),
    );
    return Promise.all(
      live.map(async (connection) => {
        const stats = new Map<string, Record<string, unknown>>();
        for (const [id, report] of (await connection.getStats()) as unknown as Iterable<
          [string, Record<string, unknown>]
        >)
          stats.set(id, report);
        const reports = [...stats.values()];
        const transport = reports.find((report) => report['type'] === 'transport');
        const pair = stats.get(String(transport?.['selectedCandidatePairId']));
        const typeOf = (id: unknown) => String(stats.get(String(id))?.['candidateType']);
        return {
          pair: pair && { local: typeOf(pair['localCandidateId']), remote: typeOf(pair['remoteCandidateId']) },
          told: connection.remoteDescription?.sdp.match(/^a=candidate:.*$/gm) ?? [],
          remoteAddresses: reports
            .filter((report) => report['type'] === 'remote-candidate')
            .map((report) => String(report['address'])),
          iceServers: (connection.getConfiguration().iceServers ?? []).flatMap(({ urls }) => urls),
        };
      }),
    );
  });
  const [only, ...more] = facts;
  if (!only || more.length > 0) throw new Error(`${facts.length} connections of a call on ${page.url()}`);
  return only;
}
