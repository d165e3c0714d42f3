// A connection that carries words alone, between members of a room who are in no call: there is no section for sound or pictures in it.
import { CallConnection } from './call-connection.ts';

export class DataConnection extends CallConnection {
  override prepareOffer(): void {
    super.prepareOffer([]);
  }

  /** Nothing is said over it for hours, and that is no sign of death: only the browser's own checks of the way are (RFC 7675). */
  override async bytesReceived(): Promise<number> {
    return 0;
  }
}
