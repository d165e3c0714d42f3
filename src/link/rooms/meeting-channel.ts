// The channel for rooms on each connection to a person. Small, for it is made before the first description of a call; what it carries is loaded
// once a link is proven, and what comes until then waits.
import type { Bytes } from '../../core/base/bytes.ts';
import { type ChannelMaker, NegotiatedChannel } from '../connection/negotiated-channel.ts';
import type { RoomMeetings } from './room-meetings.ts';

/** Bytes that still wait when more may be sent. */
const lowWaiting = 65_536;

/** What the channels carry. */
export type LinkedRooms = Pick<RoomMeetings, 'meet' | 'heard' | 'drained' | 'part'>;

export class MeetingChannels {
  readonly #load: () => Promise<LinkedRooms>;
  readonly #fault: (error: unknown) => void;
  readonly #channels = new Map<string, NegotiatedChannel>();
  /** Of each channel that is proven, what tells its link from every other one. */
  readonly #transcripts = new WeakMap<NegotiatedChannel, Bytes>();
  #meetings: LinkedRooms | undefined;

  constructor(load: () => Promise<LinkedRooms>, fault: (error: unknown) => void) {
    this.#load = load;
    this.#fault = fault;
  }

  /** This connection carries the channel from now on. Before its first description. @param id Ed25519 key, hex. */
  attach(id: string, connection: ChannelMaker): void {
    this.part(id);
    const channel: NegotiatedChannel = new NegotiatedChannel(
      connection,
      'room',
      {
        onMessage: (message) => this.#meetings?.heard(channel, message),
        onUp: () => {
          const transcript = this.#transcripts.get(channel);
          if (transcript) this.#meetings?.meet(id, channel, transcript).catch(this.#fault);
        },
        onDown: () => this.#meetings?.part(channel),
        onRoom: () => this.#meetings?.drained(channel),
      },
      lowWaiting,
    );
    this.#channels.set(id, channel);
  }

  /** The connection is proven to be theirs. @param transcript of the link, 32 bytes. */
  async prove(id: string, transcript: Bytes): Promise<void> {
    const channel = this.#channels.get(id);
    if (!channel || this.#transcripts.has(channel)) return;
    this.#transcripts.set(channel, transcript);
    try {
      this.#meetings = await this.#load();
    } catch (error) {
      this.#fault(error);
      return;
    }
    channel.prove();
  }

  /** They are gone. */
  part(id: string): void {
    this.#channels.get(id)?.close();
    this.#channels.delete(id);
  }
}
