// The rooms of this browser in a call: whoever is linked catches up with whom they share a room, and is told of rooms that they were let into.
// The channel is made at once; what it carries is loaded when there is somebody to meet.
import type { Bytes } from '../../core/base/bytes.ts';
import { fromBase64url, toHex } from '../../core/base/bytes.ts';
import type { ChannelMaker } from '../../link/connection/negotiated-channel.ts';
import { MeetingChannels } from '../../link/rooms/meeting-channel.ts';
import type { GroupModel, RoomInvitation } from '../model/group-model.ts';
import type { CallRooms } from './call-world.ts';
import type { BesidePlug } from './pair-maker.ts';

interface RoomsBesideParts {
  readonly load: () => Promise<CallRooms>;
  readonly model: Pick<GroupModel, 'roomInvitations'>;
  readonly nameOf: (id: string) => Promise<string | undefined>;
  readonly fault: (what: string, error: unknown) => void;
}

export class RoomsBeside implements BesidePlug {
  readonly #parts: RoomsBesideParts;
  readonly #channels: MeetingChannels;
  #loading: Promise<CallRooms> | undefined;

  constructor(parts: RoomsBesideParts) {
    this.#parts = parts;
    this.#channels = new MeetingChannels(
      async () => (await this.#rooms()).meetings,
      (error) => parts.fault('rooms', error),
    );
  }

  attach({ id }: { readonly id: string }, connection: ChannelMaker): void {
    this.#channels.attach(id, connection);
  }

  prove(id: string, transcript: Bytes): void {
    void this.#channels.prove(id, transcript);
  }

  part(id: string): void {
    this.#channels.part(id);
  }

  /** Yes or no to an invitation that is shown. */
  readonly answerRoom = (room: string, joins: boolean): void => {
    const answer = async () => {
      const { shelf } = await this.#rooms();
      const invitation = (await shelf.invitations()).find((one) => one.room === room);
      if (invitation) await (joins ? shelf.accept(invitation) : shelf.decline(invitation));
    };
    answer().catch((error: unknown) => this.#parts.fault('answer to an invitation', error));
  };

  #rooms(): Promise<CallRooms> {
    this.#loading ??= this.#parts.load().then((rooms) => {
      rooms.onChanged(() => this.#readAgain());
      return rooms;
    });
    this.#loading.catch(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  #readAgain(): void {
    this.#shown().then(
      (invitations) => {
        this.#parts.model.roomInvitations.value = invitations;
      },
      (error: unknown) => this.#parts.fault('invitations to rooms', error),
    );
  }

  async #shown(): Promise<readonly RoomInvitation[]> {
    const invitations = await (await this.#rooms()).shelf.invitations();
    const named = await Promise.all(
      invitations.map(async ({ room, name, by }) => {
        const id = toHex(fromBase64url(by) ?? new Uint8Array(0));
        return { room, name, by: await this.#parts.nameOf(id) };
      }),
    );
    return named.flatMap(({ by, ...one }) => (by === undefined ? [] : [{ ...one, by }]));
  }
}
