// The doors for later, loaded behind the first screen: people come before them.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Drafts } from '../../ui/drafts.ts';
import type { KeptDoors } from './kept-doors.ts';

type Views = Pick<typeof import('./door-list.tsx'), 'DoorList' | 'WaitingGuests'> &
  Pick<typeof import('./door-dialogs.tsx'), 'DoorDialog' | 'NewDoorDialog'>;

interface Loaded {
  readonly views: Views;
  readonly doors: KeptDoors;
}

const part = signal<Loaded | undefined>(undefined);
let hasBegun = false;

/** Begins to load; once. Where it fails the rest of the popup goes on. */
async function load(): Promise<void> {
  if (hasBegun) return;
  hasBegun = true;
  try {
    const [{ DoorList, WaitingGuests }, { DoorDialog, NewDoorDialog }, { KeptDoors }] = await Promise.all([
      import('./door-list.tsx'),
      import('./door-dialogs.tsx'),
      import('./kept-doors.ts'),
    ]);
    part.value = { views: { DoorList, WaitingGuests, DoorDialog, NewDoorDialog }, doors: await KeptDoors.open() };
  } catch {
    hasBegun = false;
  }
}

function useDoors(): Loaded | undefined {
  useEffect(() => void load(), []);
  return part.value;
}

/** Who waits to be let in, above everything that can wait. @param onDone another page was opened. */
export function LateGuests({ onDone }: { readonly onDone: () => void }) {
  const loaded = useDoors();
  return loaded ? <loaded.views.WaitingGuests doors={loaded.doors} onDone={onDone} /> : null;
}

interface ListProps {
  readonly onInvite: () => void;
  readonly onShow: (doorId: string) => void;
  /** Another page was opened. */
  readonly onDone: () => void;
}

/** The list, where there is one. */
export function LateDoors(props: ListProps) {
  const loaded = useDoors();
  return loaded ? <loaded.views.DoorList doors={loaded.doors} {...props} /> : null;
}

const titleDraft = 'door-title';

interface DialogProps {
  /** Undefined for a new one. */
  readonly doorId: string | undefined;
  readonly drafts: Pick<Drafts, 'text' | 'forget'>;
  readonly onShow: (doorId: string) => void;
  readonly onClose: () => void;
}

/** A new one, or the invitation to one that is there. */
export function LateDoorDialog({ doorId, drafts, onShow, onClose }: DialogProps) {
  const loaded = useDoors();
  if (!loaded) return null;
  if (doorId !== undefined) return <loaded.views.DoorDialog doors={loaded.doors} doorId={doorId} onClose={onClose} />;
  return (
    <loaded.views.NewDoorDialog
      doors={loaded.doors}
      title={drafts.text(titleDraft)}
      onMade={({ id }) => {
        drafts.forget(titleDraft);
        onShow(id);
      }}
      onClose={onClose}
    />
  );
}
