// A connection that carries words alone: what it makes ready, over a double of the browser's class.
import { beforeAll, expect, test } from 'vitest';
import type { DataConnection } from '../../../src/link/connection/data-connection.ts';

class BrowsersConnection extends EventTarget {
  readonly made: string[] = [];
  readonly sections: string[] = [];

  createDataChannel(label: string): { readonly label: string } {
    this.made.push(label);
    return { label };
  }

  addTransceiver(kind: string): never {
    this.sections.push(kind);
    throw new Error('a section for media');
  }

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    return { type: 'offer', sdp: 'v=0' };
  }
}

let connection: DataConnection & BrowsersConnection;

beforeAll(async () => {
  globalThis.RTCPeerConnection = BrowsersConnection as unknown as typeof RTCPeerConnection;
  const { DataConnection } = await import('../../../src/link/connection/data-connection.ts');
  connection = new DataConnection({}) as DataConnection & BrowsersConnection;
  connection.prepareOffer();
});

test('a connection for words offers its control channel, and no sound or pictures', () => {
  expect(connection.made).toEqual(['control']);
  expect(connection.sections).toEqual([]);
});

// Seen to fail with the channel that was made ready forgotten as soon as any channel is made.
test('the control channel that was made ready is the one that is used, whatever is made before it is asked for', () => {
  let told: RTCDataChannel | undefined;
  connection.createDataChannel('room', { negotiated: true, id: 24 });
  connection.onControlChannel((channel) => {
    told = channel;
  });
  expect(connection.createDataChannel('control')).toBe(told);
  expect(connection.made).toEqual(['control', 'room']);
});
