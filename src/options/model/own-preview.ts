// The own picture and the microphone's level, outside of a call: opened by a click, let go with the page. Records five seconds of itself
// on demand, in memory only. Nothing of it leaves this page.
import { signal } from '@preact/signals';
import { hasDevices } from '../../ui/abilities/call-abilities.ts';
import { watchLevel } from '../../ui/sound/sound-level.ts';

/** 'only-microphone': there is no picture; 'only-camera': no sound. */
export type PreviewState =
  | 'off'
  | 'starting'
  | 'on'
  | 'only-microphone'
  | 'only-camera'
  | 'denied'
  | 'missing'
  | 'failed';

/** What becomes of a recording of oneself. */
export type EchoState =
  | { readonly state: 'none' }
  | { readonly state: 'recording'; readonly secondsLeft: number }
  | { readonly state: 'done'; readonly url: string; readonly hasPicture: boolean }
  | { readonly state: 'failed' };

export const echoSeconds = 5;

export interface WantedDevices {
  /** '' is the system's own. */
  readonly cameraId: string;
  readonly microphoneId: string;
}

type Opened = MediaStream | 'denied' | 'missing' | 'failed';

/** A device that is not there any more is no reason to show none. */
const ofDevice = (id: string): MediaTrackConstraints | true => (id === '' ? true : { deviceId: { ideal: id } });

async function open(wanted: MediaStreamConstraints): Promise<Opened> {
  if (!hasDevices()) return 'missing';
  try {
    return await navigator.mediaDevices.getUserMedia(wanted);
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') return 'denied';
    return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
  }
}

export class OwnPreview {
  readonly state = signal<PreviewState>('off');
  readonly stream = signal<MediaStream | undefined>(undefined);
  /** Root mean square, 0 to 1. */
  readonly level = signal(0);
  readonly echo = signal<EchoState>({ state: 'none' });
  #unwatch: () => void = () => undefined;
  #recorder: MediaRecorder | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;
  #turn = 0;

  /** Opens both, or what there is of them; another camera or microphone takes the place of the one before. */
  async start({ cameraId, microphoneId }: WantedDevices): Promise<void> {
    const turn = ++this.#turn;
    if (this.stream.value === undefined) this.state.value = 'starting';
    const [audio, video] = [ofDevice(microphoneId), ofDevice(cameraId)];
    let opened = await open({ audio, video });
    if (!(opened instanceof MediaStream)) {
      const why = opened;
      opened = await open({ audio });
      if (!(opened instanceof MediaStream)) opened = await open({ video });
      if (!(opened instanceof MediaStream)) opened = why;
    }
    if (turn !== this.#turn) {
      if (opened instanceof MediaStream) for (const track of opened.getTracks()) track.stop();
      return;
    }
    this.#letGo();
    if (!(opened instanceof MediaStream)) {
      this.state.value = opened;
      return;
    }
    this.#show(opened);
  }

  /** Lets the devices go, and forgets what was recorded. */
  stop(): void {
    this.#turn++;
    this.#letGo();
    this.state.value = 'off';
  }

  /** Five seconds of what the others would see and hear. */
  record(): void {
    const stream = this.stream.value;
    if (stream === undefined || this.echo.value.state === 'recording') return;
    this.#forgetEcho();
    try {
      this.#begin(stream);
    } catch {
      this.echo.value = { state: 'failed' };
    }
  }

  #show(stream: MediaStream): void {
    const [microphone, camera] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    this.stream.value = stream;
    this.state.value = microphone && camera ? 'on' : microphone ? 'only-microphone' : 'only-camera';
    if (microphone)
      this.#unwatch = watchLevel(microphone, (level) => {
        this.level.value = level;
      });
    for (const track of stream.getTracks())
      track.addEventListener('ended', () => {
        // Unplugged, or the permission taken back.
        if (this.stream.value !== stream) return;
        this.#letGo();
        this.state.value = 'missing';
      });
  }

  #begin(stream: MediaStream): void {
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    const hasPicture = stream.getVideoTracks().length > 0;
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('error', () => {
      this.#endRecording();
      this.echo.value = { state: 'failed' };
    });
    recorder.addEventListener('stop', () => {
      if (this.#recorder !== recorder) return;
      this.#endRecording();
      const url = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
      this.echo.value = { state: 'done', url, hasPicture };
    });
    this.#recorder = recorder;
    recorder.start();
    let secondsLeft = echoSeconds;
    this.echo.value = { state: 'recording', secondsLeft };
    this.#countdown = setInterval(() => {
      secondsLeft -= 1;
      if (secondsLeft > 0) this.echo.value = { state: 'recording', secondsLeft };
      else if (recorder.state === 'recording') recorder.stop();
    }, 1_000);
  }

  #endRecording(): void {
    clearInterval(this.#countdown);
    this.#recorder = undefined;
  }

  #forgetEcho(): void {
    this.#endRecording();
    if (this.echo.value.state === 'done') URL.revokeObjectURL(this.echo.value.url);
    this.echo.value = { state: 'none' };
  }

  #letGo(): void {
    this.#forgetEcho();
    this.#unwatch();
    this.#unwatch = () => undefined;
    for (const track of this.stream.value?.getTracks() ?? []) track.stop();
    this.stream.value = undefined;
    this.level.value = 0;
  }
}
