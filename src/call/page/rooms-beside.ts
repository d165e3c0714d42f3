// The rooms of this browser in a call: whoever is linked catches up with whom they share a room, and is told of rooms that they were let into. A call
// may be a meeting of one room: whoever has begun it tells its members, who tell those that come later.
// The channel is made at once; what it carries is loaded when there is somebody to meet.
import { effect, untracked } from '@preact/signals';
import type { Bytes } from '../../core/base/bytes.ts';
import { fromBase64url, toHex } from '../../core/base/bytes.ts';
import type { Clock } from '../../core/base/ports.ts';
import type { ChannelMaker } from '../../link/connection/negotiated-channel.ts';
import { MeetingChannels } from '../../link/rooms/meeting-channel.ts';
import type { CallMeetingOf } from '../../link/rooms/room-meetings.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import type { MeetingSession } from '../meeting/meeting-session.ts';
import type { GroupModel, RoomInvitation } from '../model/group-model.ts';
import type { CallRooms, CallWorld } from './call-world.ts';
import type { BesidePlug } from './pair-maker.ts';

interface RoomsBesideParts {
  readonly load: NonNullable<CallWorld['rooms']>;
  readonly model: Pick<GroupModel, 'roomInvitations' | 'meeting' | 'participants'>;
  readonly contacts: Pick<ContactStore, 'all' | 'get'>;
  readonly ownName: string;
  /** The meeting that the person here has begun. */
  readonly begun: CallMeetingOf | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly fault: (what: string, error: unknown) => void;
}

/** From this width on there is place for a room beside the call, in CSS pixels. */
const wideFrom = 1_100;

export class RoomsBeside implements BesidePlug {
  readonly #parts: RoomsBesideParts;
  readonly #channels: MeetingChannels;
  #loading: Promise<CallRooms> | undefined;
  /** One meeting for a call: the first that somebody says. */
  #hasMeeting = false;

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
    const { begun } = this.#parts;
    if (begun) this.#meet(begun);
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
    this.#loading ??= this.#parts
      .load((meeting) => this.#meet(meeting))
      .then((rooms) => {
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
        const contact = await this.#parts.contacts.get(toHex(fromBase64url(by) ?? new Uint8Array(0)));
        return { room, name, by: contact?.name };
      }),
    );
    return named.flatMap(({ by, ...one }) => (by === undefined ? [] : [{ ...one, by }]));
  }

  #meet(meeting: CallMeetingOf): void {
    if (this.#hasMeeting) return;
    this.#hasMeeting = true;
    this.#openMeeting(meeting).catch((error: unknown) => {
      this.#hasMeeting = false;
      this.#parts.fault('meeting of a room', error);
    });
  }

  async #openMeeting(meeting: CallMeetingOf): Promise<void> {
    const { contacts, ownName, clock, model, begun } = this.#parts;
    const [{ shelf, meetings }, { MeetingSession }, known] = await Promise.all([
      this.#rooms(),
      import('../meeting/meeting-session.ts'),
      contacts.all(),
    ]);
    const room = await shelf.open(meeting.room);
    if (!room) return;
    meetings.setMeeting(meeting);
    const session = new MeetingSession({
      ...{ room, meeting: meeting.meeting, contacts: known, ownName, clock },
      opensItself: innerWidth >= wideFrom,
    });
    model.meeting.value = session;
    if (begun) this.#keepWhen(session);
  }

  /** Whoever has begun the meeting writes down that it was held, once the call is over here. */
  #keepWhen(session: Pick<MeetingSession, 'held'>): void {
    const { model, clock, fault } = this.#parts;
    const people = new Set<string>();
    let began: number | undefined;
    effect(() => {
      const all = model.participants.value.map(({ id, presence, model: { phase } }) => ({
        id,
        isIn: presence.value === 'in',
        isOver: phase.value.phase === 'ended',
      }));
      for (const { id, isIn } of all) if (isIn) people.add(id);
      if (people.size > 0) began ??= clock.now();
      // Whoever the person here has left is still said to be in the call: that nothing leads to anybody is what ends it here.
      if (began === undefined || !all.every(({ isIn, isOver }) => isOver && !isIn)) return;
      const from = began;
      untracked(() => session.held(from, clock.now(), people)).catch((error: unknown) =>
        fault('a meeting held', error),
      );
    });
  }
}
