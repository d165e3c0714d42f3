// What a call page shows of its door for guests while nobody is in the call, and what can be done about it. Knows no browser and no storage.
import { type Signal, signal } from '@preact/signals';
import type { KeptDoor } from '../../core/identity/kept-door.ts';
import type { Invitation } from '../../ui/invite/invitation.ts';

/** For how long guests may ask: until the page is closed, or so many hours. */
export const doorSpans = ['open-end', '1', '3', '24'] as const;
export type DoorSpan = (typeof doorSpans)[number];

export interface DoorModel {
  /** `shut`: the page was loaded by its address alone, so nothing is opened before a click. */
  readonly state: Signal<'shut' | 'open' | 'closed'>;
  readonly span: Signal<DoorSpan>;
  /** What the call is about. */
  readonly title: Signal<string>;
  /** A door that was made beforehand: its time and title stand fast. */
  readonly kept: Signal<KeptDoor | undefined>;
  /** The link with its words; undefined while it is made. */
  readonly invitation: Signal<Invitation | undefined>;
  /** At least one of the own relays answers. */
  readonly relaysUp: Signal<boolean>;
  readonly problem: Signal<boolean>;
}

export interface DoorActions {
  /** Opens the door, and camera and microphone with it. */
  open(): void;
  /** Makes the link anew: who has the earlier one can still use it. */
  setSpan(span: DoorSpan): void;
  setTitle(title: string): void;
  /** Nobody can ask by the link any more. */
  close(): void;
}

export interface Door {
  readonly model: DoorModel;
  readonly actions: DoorActions;
}

export function emptyDoorModel(): DoorModel {
  return {
    state: signal<'shut' | 'open' | 'closed'>('shut'),
    span: signal<DoorSpan>('open-end'),
    title: signal(''),
    kept: signal<KeptDoor | undefined>(undefined),
    invitation: signal<Invitation | undefined>(undefined),
    relaysUp: signal(false),
    problem: signal(false),
  };
}
