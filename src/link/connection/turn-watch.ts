// Notices that a connection which may use relay candidates only gets none: no TURN server can be reached, or none lets us in.
import type { Clock } from '../../core/base/ports.ts';

/** Browsers ask a server that does not answer for some ten seconds; a working one has answered long before. */
const longestMs = 10_000;

/**
 * Tells once when the first gathering ends, or goes on for 10 s, without one candidate.
 * @returns whether there is none yet: a call that fails by then fails for that, whoever gives up first.
 */
export function watchForTurn(connection: RTCPeerConnection, clock: Clock, onNone: () => void): () => boolean {
  let isDecided = false;
  let isFound = false;
  const decide = (): void => {
    if (isDecided || connection.signalingState === 'closed') return;
    isDecided = true;
    onNone();
  };
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate?.candidate) return;
    isDecided = true;
    isFound = true;
  });
  connection.addEventListener('icegatheringstatechange', () => {
    if (connection.iceGatheringState === 'complete') decide();
    else if (connection.iceGatheringState === 'gathering') clock.after(longestMs, decide);
  });
  return () => !isFound;
}
