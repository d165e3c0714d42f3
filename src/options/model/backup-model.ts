// Making, opening and taking in a backup, for the dialogs. The passphrase is used and not kept; nothing leaves this browser but
// the file that the person saves.

import { type PassphraseFault, passphraseFault } from '../../core/base/passphrase.ts';
import type { BackupContents } from '../../core/data/backup.ts';
import { type BackupRefusal, maxBackupBytes, openBackup, sealBackup } from '../../core/data/backup-file.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoPassphrase } from '../../platform/crypto/web-crypto-passphrase.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { BackupStore } from '../../platform/store/backup-store.ts';
import type { Database } from '../../platform/store/database.ts';
import type { IdentityState } from '../../platform/store/identity-store.ts';
import { reloadBackground } from '../../ui/reload-background.ts';

/** Why no backup was made. 'failed': the stores could not be read, or hold what no backup can. */
export type ExportProblem = PassphraseFault | 'not-the-same' | 'failed';

/** Why no backup was opened. 'unreadable': the browser could not read the file. */
export type ImportProblem = BackupRefusal | 'no-file' | 'unreadable';

export interface MadeBackup {
  readonly name: string;
  readonly file: Blob;
}

/** `freeflow-connect-backup-2031-04-09.ffcbackup`, by the calendar of this computer. */
function fileName(at: Date): string {
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'));
  return `freeflow-connect-backup-${at.getFullYear()}-${month}-${day}.ffcbackup`;
}

export class BackupModel {
  readonly #store: BackupStore;
  readonly #own: () => IdentityState;
  readonly #readAgain: () => Promise<void>;
  readonly #tools = { sealer: new WebCryptoSealer(), cipher: new WebCryptoPassphrase() };

  /** `readAgain`: everything that is shown has changed. */
  constructor(database: Database, own: () => IdentityState, readAgain: () => Promise<void>) {
    this.#store = new BackupStore(database);
    this.#own = own;
    this.#readAgain = readAgain;
  }

  async make(passphrase: string, again: string): Promise<MadeBackup | { readonly refused: ExportProblem }> {
    const fault = passphraseFault(passphrase);
    if (fault) return { refused: fault };
    if (passphrase !== again) return { refused: 'not-the-same' };
    const own = this.#own();
    const now = new Date();
    try {
      const contents = await this.#store.collect(now.getTime());
      if (!contents || own.state !== 'present') return { refused: 'failed' };
      const { signer } = ownPorts(own.identity);
      const bytes = await sealBackup({ ...this.#tools, contents, passphrase, signer });
      return { name: fileName(now), file: new Blob([bytes], { type: 'application/octet-stream' }) };
    } catch {
      return { refused: 'failed' };
    }
  }

  async open(
    file: File | undefined,
    passphrase: string,
  ): Promise<{ readonly contents: BackupContents } | { readonly refused: ImportProblem }> {
    const own = this.#own();
    if (!file) return { refused: 'no-file' };
    if (own.state !== 'present') return { refused: 'other-identity' };
    if (file.size > maxBackupBytes) return { refused: 'not-a-backup' };
    const bytes = await file.arrayBuffer().catch(() => undefined);
    if (!bytes) return { refused: 'unreadable' };
    const ownEd25519 = own.identity.keys.ed25519Public;
    return await openBackup({ ...this.#tools, file: new Uint8Array(bytes), passphrase, ownEd25519 });
  }

  /** @returns false when the stores refused; then nothing was changed. */
  async takeIn(contents: BackupContents): Promise<boolean> {
    try {
      await this.#store.restore(contents);
    } catch {
      return false;
    }
    await this.#readAgain();
    await reloadBackground();
    return true;
  }
}
