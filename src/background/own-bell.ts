// The bell of the doors for later, in a browser: stores, notifications, pages and sound of the extension.
import type { Sealer } from '../core/base/ports.ts';
import { quietNow } from '../core/data/quiet-times.ts';
import { whoKnocks } from '../core/identity/passing-contact.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import { systemClock } from '../platform/system-clock.ts';
import { heldCalls, openKeptDoor } from './call-tabs.ts';
import { DoorBell } from './doors/door-bell.ts';
import type { Stores } from './extension-world.ts';
import type { Listening } from './listening.ts';
import { clearKnockNotification, showDoorNotification } from './ring-notification.ts';
import type { Ringtone } from './ringtone.ts';

export interface OwnBellParts {
  readonly stores: () => Promise<Stores>;
  /** Undefined while there is no identity. */
  readonly listening: () => Promise<Listening | undefined>;
  readonly sealer: Sealer;
  readonly ringtone: Pick<Ringtone, 'start' | 'stop'>;
  /** The number of those who wait may have changed. */
  readonly onWaiting: () => Promise<void>;
  readonly fault: (error: unknown) => void;
}

export function ownBell({ stores, listening, sealer, ringtone, onWaiting, fault }: OwnBellParts): DoorBell {
  const settings = async () => (await stores()).settings.read();
  /** While a contact rings, the sound is theirs. */
  const isRinging = async () => (await listening())?.runner.hasRings ?? false;
  return new DoorBell({
    clock: systemClock,
    doors: async () => (await stores()).doors.all(systemClock.now()),
    knocks: async () => (await readView('knocks')) ?? [],
    pages: async () => new Set((await heldCalls()).flatMap(({ guestSecret }) => guestSecret ?? [])),
    isInCall: async () => (await heldCalls()).length > 0,
    nameOf: async ({ call, link }) =>
      ((await (await stores()).contacts.get(call.contactId)) ?? (await whoKnocks(link, call.contactId, sealer)))?.name,
    isQuiet: async () => quietNow(await settings(), systemClock.now()) !== undefined,
    guests: async () => (await listening())?.knocks,
    notify: showDoorNotification,
    clear: clearKnockNotification,
    sound() {
      let isOver = false;
      const begin = async () => {
        const { ringtone: sounds, ringTone, ringVolume, ringSpeakerId } = await settings();
        if (!sounds || isOver || (await isRinging())) return;
        await ringtone.start({ tone: ringTone, volume: ringVolume, speakerId: ringSpeakerId });
      };
      const begun = begin().catch(fault);
      return () => {
        isOver = true;
        void begun
          .then(async () => {
            if (!(await isRinging())) await ringtone.stop();
          })
          .catch(fault);
      };
    },
    decide: (decision) => writeView('knockAnswer', decision),
    openPage: openKeptDoor,
    onWaiting,
    onHeard: async () => (await listening())?.followInboxes(),
  });
}
