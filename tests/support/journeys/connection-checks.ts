// What the WebRTC connection of a call page really does: which candidates it was told, which servers it may ask, and which pair it uses.
// In Chromium the debugger finds the connection among the objects of the page; Firefox keeps a record of its own (about:webrtc).
import type { Page } from 'puppeteer-core';
import { isFirefox } from '../drivers/color-scheme.ts';
import { FirefoxRemote } from '../drivers/firefox-remote.ts';

export interface ConnectionFacts {
  /** Candidate types of the pair in use, from this side. */
  readonly pair: { readonly local: string; readonly remote: string } | undefined;
  /** What this side was told of the other: every candidate line it was given, and every address that it knows of. */
  readonly told: readonly string[];
  readonly remoteAddresses: readonly string[];
  readonly iceServers: readonly string[];
}

/** Of the one connection of a call page; in Firefox of the one call of that browser. */
export async function connectionFacts(page: Page): Promise<ConnectionFacts> {
  const facts = (await isFirefox(page.browser())) ? await firefoxFacts(page) : await chromiumFacts(page);
  const [only, ...more] = facts;
  if (!only || more.length > 0) throw new Error(`${facts.length} connections of a call on ${page.url()}`);
  return only;
}

/** Every connection of a call that is, or was, on a page in Chromium. */
async function chromiumConnections(page: Page) {
  const prototype = await page.evaluateHandle(() => RTCPeerConnection.prototype);
  const all = await page.queryObjects(prototype);
  return all.evaluateHandle((found: RTCPeerConnection[]) =>
    found.filter((one) => {
      try {
        return one.signalingState !== undefined && 'setTrack' in one;
      } catch {
        // The prototype of a class of connections has all of it in its chain, and is none.
        return false;
      }
    }),
  );
}

/** How many pictures come to a page in Chromium over all its connections: those of which frames arrive while it looks. */
export async function picturesComing(page: Page, lookMs = 2_000): Promise<number> {
  const all = await chromiumConnections(page);
  return all.evaluate(async (connections, ms) => {
    const frames = async (): Promise<Map<string, number>> => {
      const counts = new Map<string, number>();
      for (const [index, connection] of connections.entries()) {
        if (connection.signalingState === 'closed') continue;
        for (const report of (await connection.getStats()).values())
          if (report.type === 'inbound-rtp' && report.kind === 'video')
            counts.set(`${index} ${report.ssrc}`, report.framesReceived ?? 0);
      }
      return counts;
    };
    const before = await frames();
    await new Promise((resolve) => setTimeout(resolve, ms));
    return [...(await frames())].filter(([key, count]) => count > (before.get(key) ?? 0)).length;
  }, lookMs);
}

async function chromiumFacts(page: Page): Promise<readonly ConnectionFacts[]> {
  const all = await chromiumConnections(page);
  return all.evaluate((connections) =>
    Promise.all(
      connections.map(async (connection) => {
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
    ),
  );
}

/** As far as it matters here: dom/webidl/RTCStatsReport.webidl of Firefox. */
interface FirefoxRecord {
  readonly iceCandidatePairStats: readonly {
    readonly selected: boolean;
    readonly localCandidateId: string;
    readonly remoteCandidateId: string;
  }[];
  readonly iceCandidateStats: readonly {
    readonly id: string;
    readonly type: 'local-candidate' | 'remote-candidate';
    readonly candidateType: string;
    readonly address: string;
  }[];
  readonly rawRemoteCandidates: readonly string[];
  readonly configuration: { readonly iceServers: readonly { readonly urls: readonly string[] }[] };
}

async function firefoxFacts(page: Page): Promise<readonly ConnectionFacts[]> {
  const records = await new FirefoxRemote(page.browser()).inBrowserWindow(`
    const { reports } = await new Promise((done) => WebrtcGlobalInformation.getAllStats(done));
    return JSON.stringify(reports.filter(({ closed, iceCandidatePairStats }) => !closed && iceCandidatePairStats.length > 0));`);
  return (JSON.parse(String(records)) as readonly FirefoxRecord[]).map((record) => {
    const { iceCandidatePairStats: pairs, iceCandidateStats: candidates, rawRemoteCandidates, configuration } = record;
    const pair = pairs.find(({ selected }) => selected);
    const typeOf = (id: string) => candidates.find((one) => one.id === id)?.candidateType ?? 'unknown';
    return {
      pair: pair && { local: typeOf(pair.localCandidateId), remote: typeOf(pair.remoteCandidateId) },
      // Those that only packets told of are listed as well, by their kind alone.
      told: rawRemoteCandidates.filter((line) => line.startsWith('candidate:')).map((line) => `a=${line}`),
      remoteAddresses: candidates.filter(({ type }) => type === 'remote-candidate').map(({ address }) => address),
      iceServers: configuration.iceServers.flatMap(({ urls }) => urls),
    };
  });
}
