// This call goes over to another device of the person here: it may still be kept; and what is said when it did not come to that.
import { MonitorSmartphone } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { SideNotice } from '../kit/side-notice.tsx';
import type { GroupModel } from '../model/group-model.ts';

interface Props {
  readonly group: Pick<GroupModel, 'handOver'>;
}

export function HandOverNotice({ group }: Props) {
  const moving = group.handOver.value;
  const isLeaving = moving?.state === 'leaving';
  const isKept = moving?.state === 'kept';
  return (
    <SideNotice
      isShown={isLeaving || isKept}
      Icon={MonitorSmartphone}
      answers={
        <>
          {isLeaving && (
            <button type="button" class="button" onClick={() => moving.keep()}>
              {text('moveKeep')}
            </button>
          )}
          {isKept && (
            <button type="button" class="button" onClick={() => moving.dismiss()}>
              {text('moveUnderstood')}
            </button>
          )}
        </>
      }
    >
      <p class="device-notice-title">{text(isLeaving ? 'moveLeaving' : 'moveKept')}</p>
      <p>
        {text(
          isLeaving
            ? 'moveLeavingMeaning'
            : isKept && moving.why === 'cancelled'
              ? 'moveKeptCancelled'
              : 'moveKeptFailed',
        )}
      </p>
    </SideNotice>
  );
}
