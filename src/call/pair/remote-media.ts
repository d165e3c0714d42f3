// The other side's sound and picture as one stream for the view.
import type { CallConnection } from '../../link/connection/call-connection.ts';
import type { MediaState } from '../devices/media-word.ts';
import type { PairModel } from '../model/person-model.ts';

type RemoteConnection = Pick<CallConnection, 'addEventListener' | 'isForwarded' | 'isScreen'>;

export class RemoteMedia {
  readonly #stream = new MediaStream();
  readonly #screen = new MediaStream();
  readonly #model: PairModel;
  #connection: RemoteConnection | undefined;
  #told = false;

  constructor(model: PairModel) {
    this.#model = model;
  }

  /** This connection carries the call from now on. What an abandoned one still brings does not matter. */
  follow(connection: RemoteConnection): void {
    this.#connection = connection;
    connection.addEventListener('track', (event) => {
      if (connection === this.#connection && !connection.isForwarded(event))
        this.#add(event.track, connection.isScreen(event.transceiver));
    });
  }

  /** The other side said which of its devices are on, and whether it speaks. */
  tell({ microphone, camera, screen, speaking }: MediaState): void {
    this.#told = true;
    this.#model.remoteMicrophoneOn.value = microphone;
    this.#model.remoteCameraOn.value = camera;
    this.#model.remoteScreenOn.value = screen;
    this.#model.remoteSpeaking.value = speaking;
  }

  /** The other side has put the call on hold, or goes on with it. */
  tellHold(isOnHold: boolean): void {
    this.#model.remoteOnHold.value = isOnHold;
  }

  /** @param isScreen it belongs to the other side's screen, not to its camera and microphone. */
  #add(track: MediaStreamTrack, isScreen: boolean): void {
    const stream = isScreen ? this.#screen : this.#stream;
    for (const old of stream.getTracks()) if (old.kind === track.kind) stream.removeTrack(old);
    stream.addTrack(track);
    if (isScreen) {
      this.#model.remoteScreen.value = stream;
      return;
    }
    // The view attaches it before anything arrives, so that the first picture finds its place; it shows and sounds only once the
    // link is proven to be theirs.
    this.#model.remoteStream.value = this.#stream;
    // A picture that comes says by itself that the camera is on, sooner than the other side's first word.
    if (track.kind === 'video')
      track.addEventListener('unmute', () => {
        if (!this.#told) this.#model.remoteCameraOn.value = true;
      });
  }
}
