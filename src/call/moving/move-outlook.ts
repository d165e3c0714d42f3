// Whether the call of this page could go to another own device now, and what would end with that.
import { effect, type ReadonlySignal } from '@preact/signals';
import type { MoveLoss, MoveObstacle, MoveOutlook } from '../../core/base/move-outlook.ts';
import { isFileOver } from '../../link/transfer/file-state.ts';
import type { ChatModel } from '../chat/chat-model.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { OwnModel } from '../model/own-model.ts';

export interface OutlookParts {
  readonly model: Pick<GroupModel, 'participants' | 'newcomers' | 'guestLink' | 'recordings'>;
  readonly own: Pick<OwnModel, 'screen'>;
  readonly files: ChatModel['files'];
  readonly isOnHold: ReadonlySignal<boolean>;
}

export function moveObstacle(model: OutlookParts['model'], isOnHold: boolean): MoveObstacle | undefined {
  const [one, ...others] = model.participants.value;
  if (others.length > 0 || model.newcomers.value.length > 0 || model.guestLink.value !== undefined) return 'several';
  if (model.recordings.value?.model.own.value) return 'recording';
  return one?.model.phase.value.phase === 'connected' && !isOnHold ? undefined : 'not-up';
}

function moveLosses({ own, files }: OutlookParts): readonly MoveLoss[] {
  const shares = own.screen.value === 'on' || own.screen.value === 'starting';
  const sends = [...files.value.values()].some(({ value }) => !isFileOver(value.state));
  return [...(shares ? (['screen'] as const) : []), ...(sends ? (['files'] as const) : [])];
}

/** Tells it now, and whenever it has changed. */
export function followOutlook(parts: OutlookParts, tell: (outlook: MoveOutlook) => void): void {
  let told = '';
  effect(() => {
    const stays = moveObstacle(parts.model, parts.isOnHold.value);
    const outlook: MoveOutlook = { ...(stays ? { stays } : {}), loses: moveLosses(parts) };
    const now = JSON.stringify(outlook);
    if (now === told) return;
    told = now;
    tell(outlook);
  });
}
