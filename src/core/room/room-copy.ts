// A room as it is kept here, as far as a link to another member needs it.
import type { Bytes } from '../base/bytes.ts';
import type { BlobList } from '../blobs/blob-list.ts';
import type { SignedText } from './entry.ts';
import type { Placed, RoomGraph } from './graph.ts';
import type { RoomIntake } from './intake.ts';
import type { RoomWord } from './sync-word.ts';

/** What somebody who was let into a room is told of it. */
export interface Invitation {
  readonly room: string;
  readonly name: string;
  readonly members: number;
}

/** A room as it is kept here. */
export interface RoomCopy {
  readonly room: string;
  readonly graph: RoomGraph;
  /** Never asked for two batches at a time by one link; several links may ask at once. */
  readonly intake: Pick<RoomIntake, 'take' | 'proveLater'>;
  /** Whether the person at the other end may have it: a member here, or whoever has invited us while nothing is here yet. */
  mayHave(): boolean;
  /** These have come over this link. */
  onTaken(entries: readonly Placed[]): void;
  /** What the other side is told of the room if it was let in and has nothing of it. */
  invitation?(): Omit<Invitation, 'room'> | undefined;
  /** What has shown the other side out, to be handed to them. */
  removal?(): SignedText | undefined;
  /** The other side says that we were shown out, and by what. Nothing is proven yet. */
  onOut?(removal: SignedText): void;
  /** The call that this link belongs to is a meeting of the room. */
  meeting?(): { readonly meeting?: string } | undefined;
  /** The other side says so. @param meeting the planned one, if it names any. */
  onMeeting?(meeting: string | undefined): void;
  /** Both sides have begun to exchange the room: what it lacks can be asked for. */
  onMet?(): void;
  /** The block list of a blob that is here. */
  blob?(hash: string): Promise<BlobList | undefined>;
  /** A block of a blob that is here, if it is what it should be. */
  block?(hash: string, at: number): Promise<Bytes | undefined>;
  /** What the other side tells of a blob that was wanted from it. */
  onBlocks?(word: Extract<RoomWord, { t: 'blob-blocks' }>): void;
  /** A block that the other side was asked for: nothing of it is checked. undefined: it is not there. */
  onBlock?(hash: string, at: number, block: Bytes | undefined): void;
}
