// Over a group call: how many are in it and for how long, whether it is locked, and which page of tiles is shown.
import { ChevronLeft, ChevronRight, Lock } from 'lucide-preact';
import { plural, text } from '../../ui/texts/text.ts';
import { CallTimer } from '../kit/call-timer.tsx';
import type { CallPhase } from '../model/call-model.ts';
import type { GroupModel } from '../model/group-model.ts';
import { isHere } from '../model/presence.ts';
import type { StageLayout } from './use-stage-layout.ts';

interface Props {
  readonly group: GroupModel;
  readonly phase: CallPhase;
  readonly layout: StageLayout;
}

export function GroupHeader({ group, phase, layout }: Props) {
  const linked = 1 + group.participants.value.filter(({ presence }) => isHere(presence.value)).length;
  const apart = group.newcomers.value.length;
  const words =
    apart > 0
      ? plural('groupPeopleApart', linked + apart, String(apart))
      : linked === 1
        ? text('groupAlone')
        : plural('groupPeople', linked);
  return (
    <div class="group-header">
      <span class="group-header-title">{text('groupTitle')}</span>
      <span class="group-header-count">{words}</span>
      {'sinceMs' in phase && <CallTimer sinceMs={phase.sinceMs} />}
      {group.isLocked.value && (
        <span class="group-header-lock" title={text('groupIsLocked')}>
          <Lock size={16} aria-hidden="true" />
          <span class="visually-hidden">{text('groupIsLocked')}</span>
        </span>
      )}
      {layout.pages > 1 && <Pager layout={layout} />}
    </div>
  );
}

function Pager({ layout: { page, pages, turn } }: { readonly layout: StageLayout }) {
  return (
    <nav class="group-pager" aria-label={text('groupPages')}>
      <button
        type="button"
        class="tile-tool"
        aria-label={text('groupPreviousPage')}
        title={text('callWithKey', text('groupPreviousPage'), text('groupKeyPageUp'))}
        disabled={page === 0}
        onClick={() => turn(-1)}
      >
        <ChevronLeft size={18} aria-hidden="true" />
      </button>
      <span aria-live="polite">{text('groupPage', String(page + 1), String(pages))}</span>
      <button
        type="button"
        class="tile-tool"
        aria-label={text('groupNextPage')}
        title={text('callWithKey', text('groupNextPage'), text('groupKeyPageDown'))}
        disabled={page === pages - 1}
        onClick={() => turn(1)}
      >
        <ChevronRight size={18} aria-hidden="true" />
      </button>
    </nav>
  );
}
