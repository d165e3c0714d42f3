// Over the stage: in a call of two who it is with, how well it gets through and whether it is private, else how many are in it; for how
// long, whether it is locked, and which page of tiles is shown.
import { ChevronLeft, ChevronRight, Lock } from 'lucide-preact';
import { plural, text } from '../../ui/texts/text.ts';
import { CallTimer } from '../kit/call-timer.tsx';
import type { Group } from '../model/group-context.ts';
import type { GroupModel, Participant } from '../model/group-model.ts';
import { runsToKeysAddress } from '../model/keys-address.ts';
import type { CallActions, CallPhase, PersonModel } from '../model/person-model.ts';
import { emojiDiffered, isHere, nameOf } from '../model/presence.ts';
import { SecurityCard } from '../people/security-card.tsx';
import { StrangerMark } from '../people/stranger-mark.tsx';
import { linkWords, SignalBars } from '../quality/signal-bars.tsx';
import type { StageLayout } from './use-stage-layout.ts';

interface Props {
  readonly group: Group;
  readonly actions: CallActions;
  readonly phase: CallPhase;
  readonly layout: StageLayout;
  /** The only other person. */
  readonly alone: Participant | undefined;
  readonly isStatisticsOpen: boolean;
  readonly onStatistics: (id: string) => void;
}

export function StageHeader({ group, actions, phase, layout, alone, isStatisticsOpen, onStatistics }: Props) {
  const timer = 'sinceMs' in phase && <CallTimer sinceMs={phase.sinceMs} />;
  return (
    <div class="stage-header">
      {alone ? (
        <>
          <span class="stage-title" dir="auto">
            {nameOf(alone)}
          </span>
          <StrangerMark participant={alone} actions={group.actions} />
          {timer}
          {phase.phase !== 'connecting' && (
            <SignalButton model={alone.model} isOpen={isStatisticsOpen} onClick={() => onStatistics(alone.id)} />
          )}
          {/* Emoji that differed stand in the notes. */}
          {!emojiDiffered(alone) && (
            <SecurityCard
              check={alone.model.security.value}
              name={nameOf(alone)}
              actions={actions}
              isAtKeysAddress={() => runsToKeysAddress(alone.model)}
            />
          )}
        </>
      ) : (
        <>
          <span class="stage-title of-group">{text('groupTitle')}</span>
          <span class="stage-count">{countWords(group.model)}</span>
          {timer}
        </>
      )}
      {group.model.isLocked.value && (
        <span class="stage-lock" title={text('groupIsLocked')}>
          <Lock size={16} aria-hidden="true" />
          <span class="visually-hidden">{text('groupIsLocked')}</span>
        </span>
      )}
      {phase.phase === 'connected' && phase.isBack && (
        // The live region says it; this is for the eye and goes by itself.
        <span class="back-online" aria-hidden="true">
          {text('callBackOnline')}
        </span>
      )}
      {layout.pages > 1 && <Pager layout={layout} />}
    </div>
  );
}

function countWords({ participants, newcomers }: GroupModel): string {
  const linked = 1 + participants.value.filter(({ presence }) => isHere(presence.value)).length;
  const apart = newcomers.value.length;
  if (apart > 0) return plural('groupPeopleApart', linked + apart, String(apart));
  return linked === 1 ? text('groupAlone') : plural('groupPeople', linked);
}

interface SignalProps {
  readonly model: PersonModel;
  readonly isOpen: boolean;
  readonly onClick: () => void;
}

/** The other side's bars, which open the figures behind them. */
function SignalButton({ model, isOpen, onClick }: SignalProps) {
  const side = model.remoteQuality.value;
  return (
    <button
      type="button"
      class="signal-button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? 'statistics' : undefined}
      title={text('callWithKey', text('callStatistics'), 'I')}
      onClick={onClick}
    >
      <SignalBars side={side} whose="theirs" />
      {side.level !== 'good' && (
        <span class="signal-words" aria-hidden="true">
          {linkWords(side, 'theirs')}
        </span>
      )}
    </button>
  );
}

function Pager({ layout: { page, pages, turn } }: { readonly layout: StageLayout }) {
  return (
    <nav class="stage-pager" aria-label={text('groupPages')}>
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
