// Which codecs the sections of a connection are left with, whoever has made them. The browser's half is a double that keeps what it is told.
import { expect, test } from 'vitest';

const codec = (mimeType: string) => ({ mimeType, clockRate: 90_000 });
const known = ['video/VP8', 'video/rtx', 'video/AV1', 'video/VP9', 'video/red', 'video/ulpfec'].map(codec);

class Section {
  direction = 'recvonly';
  codecs: readonly string[] = [];
  written = 0;
  readonly sender = { replaceTrack: async () => undefined };
  readonly receiver: { readonly track: { readonly kind: string } };

  constructor(kind: string) {
    this.receiver = { track: { kind } };
  }

  setCodecPreferences(codecs: readonly { readonly mimeType: string }[]): void {
    this.codecs = codecs.map(({ mimeType }) => mimeType);
    this.written += 1;
  }
}

class Connection extends EventTarget {
  readonly sections: Section[] = [];
  getTransceivers(): readonly Section[] {
    return this.sections;
  }
  async setRemoteDescription(): Promise<void> {}
}

Object.assign(globalThis, {
  RTCPeerConnection: Connection,
  RTCRtpReceiver: { getCapabilities: () => ({ codecs: known }) },
});
const { CallConnection } = await import('../../../src/link/connection/call-connection.ts');

// Else a later offer of ours names everything in it, and the other side sends in a format that its answer leaves out.
test("a section for the other side's screen is left with the same few codecs as the camera's, and is told so once", async () => {
  const connection = new CallConnection({});
  const { sections } = connection as unknown as Connection;
  const [camera, screen] = [new Section('video'), new Section('video')];
  sections.push(camera);
  await connection.setRemoteDescription({ type: 'offer', sdp: '' });
  sections.push(screen);
  await connection.setRemoteDescription({ type: 'offer', sdp: '' });
  await connection.setRemoteDescription({ type: 'offer', sdp: '' });
  expect(camera.codecs).toEqual(['video/VP8', 'video/VP9', 'video/rtx']);
  expect(screen.codecs).toEqual(camera.codecs);
  expect(screen.written).toBe(1);
  expect(screen.direction).toBe('recvonly');
});
