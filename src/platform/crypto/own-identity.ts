// The record of the person's own identity.
import type { Bytes } from '../../core/base/bytes.ts';
import type { IdentityKeys } from './identity-keys.ts';

/** The person's own identity: keys that cannot be exported, and a name. The 24 words are never here: until they are written down they have a store of their own. */
export interface OwnIdentity {
  readonly keys: IdentityKeys;
  readonly name: string;
  /** 8 random bytes that tell this device from others with the same words (docs/protocol.md#signals). */
  readonly dev: Bytes;
  readonly createdAt: number;
  /** Whether the person proved to have written the words down. */
  readonly wordsChecked: boolean;
  /** It came out of its words here: other devices may have it. */
  readonly fromWords?: true;
}
