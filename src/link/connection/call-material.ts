// What one side brings to one call: a per-call key, a random part, a certificate with its fingerprint and a connection that waits.
// Made before anyone says yes; nothing of it leaves the browser until then (docs/protocol.md#ringing, #binding).
import type { Bytes } from '../../core/base/bytes.ts';
import type { Opener, Sealer } from '../../core/base/ports.ts';
import type { ReadyIceServer } from '../../core/network/ice-server.ts';
import { checkDescription } from '../../core/signaling/sdp-filter.ts';
import { CallConnection, fingerprintSdp } from './call-connection.ts';

export interface CallMaterial {
  /** The per-call X25519 key. */
  readonly opener: Opener;
  /** 32 random bytes, one half of what the four emoji are made of. */
  readonly random: Bytes;
  /** SHA-256 of the connection's certificate, 32 bytes. */
  readonly fingerprint: Bytes;
  /** Made ready, silent. */
  readonly connection: PreparedConnection;
}

/** The part of a waiting connection that a flow touches. */
interface PreparedConnection {
  prepareOffer(): void;
  close(): void;
}

export interface PreparedMaterial extends CallMaterial {
  readonly connection: CallConnection;
  /** Another connection with the same certificate, for a call whose first one could not be saved. @param ice where it differs by now. */
  renew(ice?: IceChoice): CallConnection;
}

export interface IceChoice {
  /** What the person configured; empty means that no third host is ever contacted. */
  readonly servers: readonly ReadyIceServer[];
  /** The own address stays hidden: the browser gathers relay candidates only. */
  readonly relayOnly: boolean;
}

async function ownCertificate(): Promise<{ readonly certificate: RTCCertificate; readonly fingerprint: Bytes }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as AlgorithmIdentifier;
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  const checked = checkDescription(await fingerprintSdp(certificate));
  if ('refused' in checked) throw new Error(`the browser's own description was refused: ${checked.refused}`);
  return { certificate, fingerprint: checked.fingerprint };
}

/**
 * @param ice keys and certificate are made while it is found out.
 * @param Connection of which kind: of calls, unless it is said.
 */
export async function prepareMaterial(
  sealer: Sealer,
  ice: IceChoice | Promise<IceChoice>,
  Connection: new (configuration: RTCConfiguration) => CallConnection = CallConnection,
): Promise<PreparedMaterial> {
  const [opener, { certificate, fingerprint }, first] = await Promise.all([
    sealer.generateOpener(),
    ownCertificate(),
    ice,
  ]);
  const connect = ({ servers, relayOnly } = first) =>
    new Connection({
      certificates: [certificate],
      iceServers: [...servers],
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
    });
  return {
    opener,
    random: sealer.randomBytes(32),
    fingerprint,
    connection: connect(),
    renew: connect,
  };
}
