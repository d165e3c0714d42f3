// A connection as QualityControl sees it: what its senders were told last, and no statistics.
import type { ControlledConnection } from '../../../src/call/quality/quality-control.ts';
import type { SenderPort } from '../../../src/link/connection/sender-parameters.ts';

class FakeSender implements SenderPort {
  readonly track: MediaStreamTrack | null;
  #parameters = {
    encodings: [{ active: true }],
    codecs: ['VP8', 'H264', 'VP9'].map((name) => ({ mimeType: `video/${name}` })),
  } as unknown as RTCRtpSendParameters;

  constructor(settings: MediaTrackSettings) {
    this.track = { contentHint: '', getSettings: () => settings } as MediaStreamTrack;
  }

  getParameters(): RTCRtpSendParameters {
    return structuredClone(this.#parameters);
  }

  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    this.#parameters = structuredClone(parameters);
  }

  get encoding(): RTCRtpEncodingParameters | undefined {
    return this.#parameters.encodings[0];
  }
}

export class FakeSending extends EventTarget implements ControlledConnection {
  connectionState: RTCPeerConnectionState = 'new';
  readonly picture = new FakeSender({ width: 1280, height: 720, frameRate: 30 });
  readonly sound = new FakeSender({});
  readonly screen = new FakeSender({ width: 1920, height: 1080 });
  #tell: (() => void) | undefined;

  sender(kind: 'audio' | 'video'): FakeSender {
    return kind === 'audio' ? this.sound : this.picture;
  }

  screenSender(): FakeSender {
    return this.screen;
  }

  onSending(tell: () => void): void {
    this.#tell = tell;
  }

  async getStats(): Promise<RTCStatsReport> {
    return new Map() as unknown as RTCStatsReport;
  }

  connect(): void {
    this.connectionState = 'connected';
    this.dispatchEvent(new Event('connectionstatechange'));
    this.#tell?.();
  }
}
