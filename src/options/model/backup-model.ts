// Making, opening and taking in a backup, for the dialogs. The passphrase is used and not kept; nothing leaves this browser but
// the file that the person saves. What it works with is loaded when it is needed.

import { type PassphraseFault, passphraseFault } from '../../core/base/passphrase.ts';
import type { BackupContents } from '../../core/data/backup.ts';
import type { BackupRefusal } from '../../core/data/backup-file.ts';
import type { BackupRooms } from '../../core/data/backup-rooms.ts';
import type { RestoredRooms, RoomsToSave } from '../../link/rooms/rooms-backup.ts';
import { discardScratch } from '../../platform/backup/scratch-file.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoPassphrase } from '../../platform/crypto/web-crypto-passphrase.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { blobSource } from '../../platform/files/blob-source.ts';
import type { Database } from '../../platform/store/database.ts';
import type { IdentityState } from '../../platform/store/identity-store.ts';
import { reloadBackground } from '../../ui/reload-background.ts';

/** Why no backup was made. 'failed': the stores could not be read, or hold what no backup can. 'no-space': for the rooms, on their way. */
export type ExportProblem = PassphraseFault | 'not-the-same' | 'failed' | 'no-space';

/** Why no backup was opened. 'unreadable': the browser could not read the file. */
export type ImportProblem = BackupRefusal | 'no-file' | 'unreadable';

export interface MadeBackup {
  readonly name: string;
  readonly file: Blob;
}

/** What of the rooms goes into a backup. */
export interface RoomsChoice {
  readonly rooms: boolean;
  /** With the files that are here. */
  readonly files: boolean;
}

/** A backup that was opened: nothing of it is taken in yet. */
export interface OpenedBackup {
  readonly contents: BackupContents;
  readonly file: Blob;
  /** Where its rooms begin. */
  readonly headLength: number;
}

/** What has come of taking a backup in. */
export interface TakenBackup {
  /** undefined: it had none. */
  readonly rooms: RestoredRooms | 'no-space' | 'failed' | undefined;
}

const backupFile = () => import('../../core/data/backup-file.ts');
const roomsOfBackup = () => import('./rooms-of-backup.ts');

/** `freeflow-connect-backup-2031-04-09.ffcbackup`, by the calendar of this computer. */
function fileName(at: Date): string {
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'));
  return `freeflow-connect-backup-${at.getFullYear()}-${month}-${day}.ffcbackup`;
}

export class BackupModel {
  readonly #database: Database;
  readonly #own: () => IdentityState;
  readonly #readAgain: () => Promise<void>;
  readonly #tools = { sealer: new WebCryptoSealer(), cipher: new WebCryptoPassphrase() };

  /** `readAgain`: everything that is shown has changed. */
  constructor(database: Database, own: () => IdentityState, readAgain: () => Promise<void>) {
    this.#database = database;
    this.#own = own;
    this.#readAgain = readAgain;
  }

  /** What there is of rooms here. */
  async rooms(): Promise<RoomsToSave | undefined> {
    const own = this.#own();
    return own.state === 'present' ? (await roomsOfBackup()).countRooms(own.identity) : undefined;
  }

  async make(
    passphrase: string,
    again: string,
    choice: RoomsChoice,
  ): Promise<MadeBackup | { readonly refused: ExportProblem }> {
    const fault = passphraseFault(passphrase);
    if (fault) return { refused: fault };
    if (passphrase !== again) return { refused: 'not-the-same' };
    const own = this.#own();
    const now = new Date();
    try {
      const collected = await (await this.#store()).collect(now.getTime());
      if (!collected || own.state !== 'present') return { refused: 'failed' };
      const rooms = choice.rooms && (await (await roomsOfBackup()).sealOwnRooms(own.identity, choice.files));
      if (rooms === 'no-space') return { refused: 'no-space' };
      const contents = rooms ? { ...collected, rooms: rooms.rooms } : collected;
      const { signer } = ownPorts(own.identity);
      const bytes = await (await backupFile()).sealBackup({ ...this.#tools, contents, passphrase, signer });
      const parts = rooms ? [bytes, rooms.sealed] : [bytes];
      return { name: fileName(now), file: new Blob(parts, { type: 'application/octet-stream' }) };
    } catch {
      return { refused: 'failed' };
    }
  }

  /** The file that was made is saved, or nobody wants it. */
  async discard(): Promise<void> {
    await discardScratch().catch(() => undefined);
  }

  async open(file: File | undefined, passphrase: string): Promise<OpenedBackup | { readonly refused: ImportProblem }> {
    const own = this.#own();
    if (!file) return { refused: 'no-file' };
    if (own.state !== 'present') return { refused: 'other-identity' };
    try {
      const { backupHead, openBackup } = await backupFile();
      const head = await backupHead(blobSource(file));
      if (!head) return { refused: 'not-a-backup' };
      const ownEd25519 = own.identity.keys.ed25519Public;
      const opened = await openBackup({ ...this.#tools, file: head, passphrase, ownEd25519 });
      if ('refused' in opened) return opened;
      const { rooms } = opened.contents;
      // Everything is looked at before anything is taken.
      const isWhole = !rooms || (await (await roomsOfBackup()).hasItsRooms(rooms, file, head.length));
      return isWhole ? { ...opened, file, headLength: head.length } : { refused: 'damaged' };
    } catch {
      return { refused: 'unreadable' };
    }
  }

  /** @returns undefined when the stores refused; then nothing was changed. */
  async takeIn({ contents, file, headLength }: OpenedBackup): Promise<TakenBackup | undefined> {
    try {
      await (await this.#store()).restore(contents);
    } catch {
      return undefined;
    }
    const rooms = contents.rooms && (await this.#takeRooms(contents.rooms, file, headLength));
    await this.#readAgain();
    await reloadBackground();
    return { rooms };
  }

  async #store() {
    return new (await import('../../platform/store/backup-store.ts')).BackupStore(this.#database);
  }

  async #takeRooms(rooms: BackupRooms, file: Blob, headLength: number): Promise<TakenBackup['rooms']> {
    const own = this.#own();
    if (own.state !== 'present') return 'failed';
    try {
      return await (await roomsOfBackup()).takeRoomsIn(own.identity, rooms, file, headLength);
    } catch {
      return 'failed';
    }
  }
}
