// The doors for later while no page of ours is at them: whoever knocks is told of by a notification and a sound, and hears that they are on the
// screen. A person answers there or in the popup; a yes opens a page, which lets them in. Knows no browser.
import { fromBase64url } from '../../core/base/bytes.ts';
import type { Clock } from '../../core/base/ports.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { KnockDecision, KnockView } from '../../core/call/requests.ts';
import { isHeardAt, type KeptDoor } from '../../core/identity/kept-door.ts';
import type { GuestKnocks } from './guest-knocks.ts';

/** What a notification says of somebody who knocks. `name`: as they say it; `title`: what the call is about, '' for nothing. */
export interface KnockNotice {
  readonly contactId: string;
  readonly name: string;
  readonly title: string;
  /** Letting them in puts a call on hold. */
  readonly holds: boolean;
}

export interface DoorBellParts {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** All that are kept, open or not. */
  readonly doors: () => Promise<readonly KeptDoor[]>;
  readonly knocks: () => Promise<readonly KnockView[]>;
  /** The secrets of doors at which a page of ours is, whether its call goes on or is on hold. */
  readonly pages: () => Promise<ReadonlySet<string>>;
  readonly isInCall: () => Promise<boolean>;
  /** As they say it; undefined when what they send is not their own. */
  readonly nameOf: (knock: KnockView) => Promise<string | undefined>;
  /** Do not disturb: nothing is shown and nothing heard, and whoever knocks reads that nobody is there. */
  readonly isQuiet: () => Promise<boolean>;
  /** Undefined while there is no identity. */
  readonly guests: () => Promise<Pick<GuestKnocks, 'answer' | 'refuse' | 'close'> | undefined>;
  readonly notify: (notice: KnockNotice) => Promise<void>;
  readonly clear: (contactId: string) => Promise<void>;
  /** Starts to sound. @returns what ends it. */
  readonly sound: () => () => void;
  readonly decide: (decision: KnockDecision) => Promise<void>;
  /** Opens the page of a door, by its id, or shows the one that is there. */
  readonly openPage: (door: KeptDoor) => Promise<void>;
  /** The number of those who wait may have changed. */
  readonly onWaiting: () => Promise<void>;
  /** Other inboxes are to be listened on than before. */
  readonly onHeard: () => Promise<void>;
}

const soundMs = 15_000;
/** A link may get into anybody's hands, and whoever loads the page anew is somebody else: no door sounds more often. */
const betweenSoundsMs = 60_000;

export class DoorBell {
  readonly #parts: DoorBellParts;
  readonly #looks = new TaskQueue();
  /** Those a notification stands for, with the knock that they were last told about. */
  readonly #told = new Map<string, string>();
  /** When each door sounded last. */
  readonly #soundedAt = new Map<string, number>();
  #stopSound: (() => void) | undefined;
  #heard = '';

  constructor(parts: DoorBellParts) {
    this.#parts = parts;
  }

  /** The secrets of the inboxes of all doors that are open now, 16 bytes each. */
  async inboxes(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const now = this.#parts.clock.now();
    const open = (await this.#parts.doors()).filter((door) => isHeardAt(door, now));
    this.#heard = open.map(({ id }) => id).join();
    return open.flatMap(({ secret }) => fromBase64url(secret) ?? []).filter(({ length }) => length === 16);
  }

  /** Those who wait at a door at which no page of ours is. */
  async waiting(): Promise<readonly KnockView[]> {
    return (await this.#waiting()).map(({ knock }) => knock);
  }

  /** Somebody has come or gone, a page or a door has opened or closed, or time has passed. One look after another. */
  look(): Promise<void> {
    return this.#looks.run(() => this.#look());
  }

  /** A person's yes or no. @returns false when they wait at no door of ours. */
  async answer(contactId: string, admits: boolean): Promise<boolean> {
    const { clear, decide, openPage, guests } = this.#parts;
    const waiting = (await this.#waiting()).find(({ knock }) => knock.call.contactId === contactId);
    if (!waiting) return false;
    await clear(contactId);
    this.#silence();
    if (admits) {
      await decide({ callId: waiting.knock.call.callId, admits });
      await openPage(waiting.door);
    } else await (await guests())?.refuse(waiting.knock);
    return true;
  }

  /** Opens the page of the door at which they wait. @returns false when they wait at none. */
  async show(contactId: string): Promise<boolean> {
    const waiting = (await this.#waiting()).find(({ knock }) => knock.call.contactId === contactId);
    if (!waiting) return false;
    this.#silence();
    await this.#parts.openPage(waiting.door);
    return true;
  }

  async #waiting(): Promise<readonly { readonly knock: KnockView; readonly door: KeptDoor }[]> {
    const { clock, doors, knocks, pages } = this.#parts;
    const [kept, all, atPages] = await Promise.all([doors(), knocks(), pages()]);
    return all.flatMap((knock) => {
      const door = kept.find(({ secret }) => secret === knock.door);
      return door && !atPages.has(knock.door) && knock.call.expiresAt > clock.now() ? [{ knock, door }] : [];
    });
  }

  async #look(): Promise<void> {
    const { clear, onWaiting, isQuiet } = this.#parts;
    await this.#closeWhatIsOver();
    await this.#followTimes();
    const waiting = await this.#waiting();
    for (const id of [...this.#told.keys()])
      if (!waiting.some(({ knock }) => knock.call.contactId === id)) {
        this.#told.delete(id);
        await clear(id);
      }
    if (waiting.length === 0) this.#silence();
    else if (!(await isQuiet())) for (const { knock, door } of waiting) await this.#tell(knock, door);
    await onWaiting();
  }

  /** Who waits at a door that was closed, or whose time is over, hears of it. */
  async #closeWhatIsOver(): Promise<void> {
    const { doors, knocks, pages, guests } = this.#parts;
    const [kept, all, atPages] = await Promise.all([doors(), knocks(), pages()]);
    const gone = all.filter(({ door }) => !atPages.has(door) && !kept.some(({ secret }) => secret === door));
    for (const door of new Set(gone.map((one) => one.door)))
      await (await guests())?.close(
        door,
        gone.filter((one) => one.door === door),
      );
  }

  async #followTimes(): Promise<void> {
    const before = this.#heard;
    await this.inboxes();
    if (this.#heard !== before) await this.#parts.onHeard();
  }

  async #tell(knock: KnockView, door: KeptDoor): Promise<void> {
    const { nameOf, notify, guests, isInCall } = this.#parts;
    const { contactId, callId } = knock.call;
    if (this.#told.get(contactId) === callId) return;
    const name = await nameOf(knock);
    if (name === undefined) return;
    const isNew = !this.#told.has(contactId);
    this.#told.set(contactId, callId);
    if (isNew) {
      await notify({ contactId, name, title: door.title, holds: await isInCall() });
      this.#ring(door);
    }
    await (await guests())?.answer(knock.call, 'shown');
  }

  #ring({ id }: KeptDoor): void {
    const { clock, sound } = this.#parts;
    const now = clock.now();
    const last = this.#soundedAt.get(id);
    if (last !== undefined && now - last < betweenSoundsMs) return;
    this.#soundedAt.set(id, now);
    this.#silence();
    const end = sound();
    const cancel = clock.after(soundMs, () => this.#silence());
    this.#stopSound = () => {
      cancel();
      end();
    };
  }

  #silence(): void {
    this.#stopSound?.();
    this.#stopSound = undefined;
  }
}
