// Helps two people in the call who find no way to each other: forwards the sound and picture of each to the other while the roster makes
// the person here their bridge, and takes the same help from others. Knows roster, seats and connections, no view.
import { effect } from '@preact/signals';
import type { Clock } from '../../core/base/ports.ts';
import { type Bridge, bridges, forwardersTo } from '../../core/group/bridging.ts';
import type { Forward } from '../../core/group/mesh-message.ts';
import { type PicturePart, pictureParts } from '../../core/media/shown-size.ts';
import type { ForwardedTracks } from '../../link/connection/forwarded-sections.ts';
import type { GroupModel, ShownSize } from '../model/group-model.ts';
import { ForwardedPeople } from './forwarded-people.ts';
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';
import { Unreachable } from './unreachable.ts';

/** What it needs of a connection. */
export interface ForwardingConnection {
  forward(person: string, part: PicturePart, tracks: ForwardedTracks | undefined): string | undefined;
  onForwarded(tell: (stream: MediaStream) => void): void;
}

export interface BridgingParts {
  readonly self: string;
  readonly mesh: Pick<Mesh, 'roster' | 'own' | 'state' | 'tell' | 'canReach'>;
  readonly model: Pick<GroupModel, 'bridging'>;
  readonly clock: Clock;
  readonly seats: ReadonlyMap<string, Seat>;
}

/** One person's media on their way to another. */
interface Forwarding {
  readonly from: Seat;
  readonly connection: ForwardingConnection;
  readonly withPicture: boolean;
  /** Sends and says what has changed. */
  readonly update: () => void;
  readonly stop: () => void;
}

/** What others get from us is sent to us in at least this size, however small it is shown here. */
const leastSize = { person: { width: 480, height: 270 }, screen: { width: 1280, height: 720 } } as const;

/** A recording has no second chance. Of many people less is enough, as on the stage. */
const leastRecorded = { person: { width: 640, height: 360 }, screen: { width: 1920, height: 1080 } } as const;
const leastOfMany = { ...leastRecorded, person: { width: 320, height: 180 } } as const;
const many = 4;

export class Bridging {
  readonly #parts: BridgingParts;
  readonly #unreachable: Unreachable;
  readonly #people = new ForwardedPeople();
  readonly #connections = new Map<string, ForwardingConnection>();
  /** By receiver and person. */
  readonly #forwardings = new Map<string, Forwarding>();
  /** By part and person. */
  readonly #sizes = new Map<string, ShownSize>();
  #recorded: ReadonlySet<string> = new Set();
  #isOver = false;

  constructor(parts: BridgingParts) {
    this.#parts = parts;
    this.#unreachable = new Unreachable(parts.clock, () => this.look());
  }

  /** This connection leads to this person from now on. */
  attach(id: string, connection: ForwardingConnection): void {
    this.#connections.set(id, connection);
    connection.onForwarded((stream) => {
      this.#people.came(id, stream);
      this.look();
    });
  }

  heard(from: string, word: Forward): void {
    this.#people.heard(from, word);
    this.look();
  }

  /** The call with this person is over. */
  gone(id: string): void {
    this.#connections.delete(id);
    this.#people.forget(id);
  }

  /** The roster, a seat or a link is different. */
  look(): void {
    const { self, mesh, seats } = this.#parts;
    if (this.#isOver) return;
    this.#unreachable.look(seats.values(), (id) => mesh.canReach(id));
    const lacks = this.#unreachable.ids;
    if (lacks.join() !== mesh.own.lacks.join()) mesh.state({ lacks });
    const plan = bridges(mesh.roster);
    const forwarders = forwardersTo(plan, self);
    for (const seat of seats.values()) {
      const by = this.#unreachable.has(seat.id) ? forwarders.get(seat.id) : undefined;
      this.#people.show(seat, by === undefined ? undefined : seats.get(by));
    }
    this.#forward(plan.filter(({ by }) => by === self));
  }

  /** How large this person, or their screen, is shown here. */
  shownAt(part: PicturePart, id: string, size: ShownSize): void {
    this.#sizes.set(`${part} ${id}`, size);
    this.#showSize(part, id);
  }

  /** Who sends pictures although nobody looks at them here. */
  record(people: ReadonlySet<string>): void {
    const before = this.#recorded;
    this.#recorded = people;
    for (const id of new Set([...before, ...people])) this.#showSizes(id);
  }

  close(): void {
    this.#isOver = true;
    this.#unreachable.close();
    for (const { stop } of this.#forwardings.values()) stop();
    this.#forwardings.clear();
    this.#parts.model.bridging.value = [];
  }

  #forward(bridged: readonly Bridge[]): void {
    const wanted = new Set<string>();
    const names: (readonly [string, string])[] = [];
    for (const { between, withPictures } of bridged) {
      const [one, other] = between.map((id) => this.#parts.seats.get(id));
      if (!one?.isUp || !other?.isUp) continue;
      names.push([one.call.contact.name, other.call.contact.name]);
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const key = `${to.id} ${from.id}`;
        wanted.add(key);
        this.#keep(key, from, to.id, withPictures);
      }
    }
    for (const key of [...this.#forwardings.keys()]) if (!wanted.has(key)) this.#end(key);
    const { bridging } = this.#parts.model;
    if (JSON.stringify(names) !== JSON.stringify(bridging.value)) bridging.value = names;
  }

  /** Begins, goes on, or begins anew where the call or the connection is another one. */
  #keep(key: string, from: Seat, to: string, withPicture: boolean): void {
    const connection = this.#connections.get(to);
    const known = this.#forwardings.get(key);
    if (known?.from === from && known.connection === connection && known.withPicture === withPicture) {
      known.update();
      return;
    }
    if (known) this.#end(key);
    if (!connection) return;
    this.#forwardings.set(key, this.#begin(from, to, connection, withPicture));
    this.#showSizes(from.id);
  }

  #begin(from: Seat, to: string, connection: ForwardingConnection, withPicture: boolean): Forwarding {
    let told = '';
    const update = (): void => {
      const { remoteStream, remoteMicrophoneOn, remoteCameraOn, remoteSpeaking } = from.call.model;
      const { remoteScreen, remoteScreenOn } = from.call.model;
      const tracks = tracksOf(remoteStream.peek(), withPicture);
      const stream = tracks && connection.forward(from.id, 'person', tracks);
      if (stream === undefined) return;
      const shown = withPicture && remoteScreenOn.peek() ? remoteScreen.peek() : undefined;
      const screen = connection.forward(from.id, 'screen', screenOf(shown));
      const word: Forward = {
        t: 'forward',
        of: from.id,
        stream,
        ...(screen === undefined ? {} : { screen }),
        microphone: remoteMicrophoneOn.peek(),
        camera: withPicture && remoteCameraOn.peek(),
        speaking: remoteSpeaking.peek(),
      };
      const text = JSON.stringify(word);
      if (text !== told && this.#parts.mesh.tell(to, word)) told = text;
    };
    const unwatch = effect(() => {
      const { phase, remoteStream, remoteMicrophoneOn, remoteCameraOn, remoteSpeaking } = from.call.model;
      const { remoteScreen, remoteScreenOn } = from.call.model;
      const devices = [remoteMicrophoneOn, remoteCameraOn, remoteSpeaking, remoteScreenOn];
      for (const one of [phase, remoteStream, remoteScreen, ...devices]) void one.value;
      update();
    });
    const stop = (): void => {
      unwatch();
      for (const part of pictureParts) connection.forward(from.id, part, undefined);
    };
    return { from, connection, withPicture, update, stop };
  }

  #end(key: string): void {
    const forwarding = this.#forwardings.get(key);
    this.#forwardings.delete(key);
    forwarding?.stop();
    if (forwarding) this.#showSizes(forwarding.from.id);
  }

  #showSizes(id: string): void {
    for (const part of pictureParts) this.#showSize(part, id);
  }

  #showSize(part: PicturePart, id: string): void {
    const key = `${part} ${id}`;
    if (!this.#sizes.has(key)) return;
    const size = this.#sizes.get(key);
    const isForwarded = [...this.#forwardings.values()].some(({ from, withPicture }) => from.id === id && withPicture);
    const forwarded = isForwarded ? atLeast(leastSize[part], size) : size;
    const recorded = this.#recorded.size < many ? leastRecorded : leastOfMany;
    const needed = this.#recorded.has(id) ? atLeast(recorded[part], forwarded) : forwarded;
    this.#parts.seats.get(id)?.call.show(part, needed);
  }
}

function tracksOf(stream: MediaStream | undefined, withPicture: boolean): ForwardedTracks | undefined {
  const [audio] = stream?.getAudioTracks() ?? [];
  const [video] = withPicture ? (stream?.getVideoTracks() ?? []) : [];
  return audio || video ? { ...(audio && { audio }), ...(video && { video }) } : undefined;
}

/** A screen is to be read, whatever the bits allow: its pictures may come slower. */
function screenOf(stream: MediaStream | undefined): ForwardedTracks | undefined {
  const tracks = tracksOf(stream, true);
  if (tracks?.video) tracks.video.contentHint = 'detail';
  return tracks?.video && tracks;
}

function atLeast(least: NonNullable<ShownSize>, size: ShownSize): ShownSize {
  return { width: Math.max(size?.width ?? 0, least.width), height: Math.max(size?.height ?? 0, least.height) };
}
