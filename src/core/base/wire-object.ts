// How every object on the wire is read, in one place: a later version may say more than this one understands.
import * as v from 'valibot';

/**
 * Each known key exactly as its schema says, or the whole object is dropped. Unknown keys are ignored and not handed on
 * (docs/protocol.md#extending-the-protocol). Stored data and backups have version numbers instead, and are read strictly.
 */
export const wireObject = v.object;
