// Whether a call runs to the address that the other person's key has in Yggdrasil: nobody without the key can be reached there.
import { fromHex } from '../../core/base/bytes.ts';
import { isAddressOfKey } from '../../core/network/overlay-address.ts';
import type { PersonModel } from './person-model.ts';

/** Most people run Yggdrasil with a key of its own: then nothing is known, and nothing is wrong. */
export function runsToKeysAddress({ statistics, contactId }: Pick<PersonModel, 'statistics' | 'contactId'>): boolean {
  const way = statistics.value?.way;
  const key = fromHex(contactId.value);
  if (way?.remoteAddress === undefined || way.remoteKind === 'relay' || key?.length !== 32) return false;
  return isAddressOfKey(way.remoteAddress, key);
}
