// The browser's connection as far as a call page without a network touches it: what is attached to it is kept, and nothing ever comes of it.
// Links find each other by the certificate that it stands for (fake-links.ts).
import type { Bytes } from '../../../src/core/base/bytes.ts';
import type { CallConnection } from '../../../src/link/connection/call-connection.ts';

/** Never opens: what is said beside the media waits for ever. */
class SilentChannel extends EventTarget {
  readonly label: string;
  readonly readyState: RTCDataChannelState = 'connecting';
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  bufferedAmountLowThreshold = 0;

  constructor(label: string) {
    super();
    this.label = label;
  }

  close(): void {}
}

class SilentConnection extends EventTarget {
  readonly connectionState: RTCPeerConnectionState = 'new';
  readonly iceGatheringState: RTCIceGatheringState = 'new';
  readonly fingerprint: Bytes;
  signalingState: RTCSignalingState = 'stable';

  constructor(fingerprint: Bytes) {
    super();
    this.fingerprint = fingerprint;
  }

  createDataChannel(label: string): SilentChannel {
    return new SilentChannel(label);
  }

  prepareOffer(): void {}
  hideAddress(): void {}
  onSending(): void {}
  onForwarded(): void {}
  async setTrack(): Promise<void> {}
  async setScreen(): Promise<void> {}

  sender(): undefined {}
  screenSender(): undefined {}
  forward(): undefined {}

  close(): void {
    this.signalingState = 'closed';
  }
}

/** @param fingerprint SHA-256 of the certificate that it stands for. */
export function silentConnection(fingerprint: Bytes): CallConnection {
  return new SilentConnection(fingerprint) as unknown as CallConnection;
}

/** SHA-256 of the certificate of a silent connection. */
export function fingerprintOf(connection: CallConnection): Bytes {
  return (connection as unknown as SilentConnection).fingerprint;
}

/** What is seen and heard of nobody. */
class EmptyStream {
  getTracks(): readonly MediaStreamTrack[] {
    return [];
  }
}

/** A browser that keeps cameras and microphones from pages. */
const noDevices = {
  hardwareConcurrency: 4,
  permissions: { query: () => Promise.reject(new TypeError('unknown')) },
};

globalThis.MediaStream ??= EmptyStream as unknown as typeof MediaStream;
if (typeof navigator === 'undefined') Object.assign(globalThis, { navigator: noDevices });
