// After a call that could not connect or was lost: the reason in one sentence as soon as it is known, and behind "Why?" what both
// sides found.
import { CircleHelp } from 'lucide-preact';
import { CheckProgress, FailedCallDetails, FailedCallVerdict } from '../../connectivity/connectivity-report.tsx';
import { text } from '../../ui/texts/text.ts';
import type { WhyFailed } from '../model/why-failed.ts';

type Known = Exclude<WhyFailed, { state: 'none' }>;

interface Props {
  readonly why: Known;
  readonly name: string;
}

/** The sentence with what to do, or that it is being found out. Read out when it changes. */
export function FailureReason({ why, name }: Props) {
  return (
    <div class="failure-reason" aria-live="polite">
      {why.state === 'known' ? (
        <FailedCallVerdict own={why.own} theirs={why.theirs} name={name} />
      ) : (
        <p class="ended-advice">
          {why.state === 'looking' ? text('connectivityFindingOut') : text('connectivityWaitingForThem', name)}
        </p>
      )}
    </div>
  );
}

/** What is known so far, in full. */
export function FailureDetails({ why, name, id }: Props & { readonly id: string }) {
  return (
    <div id={id} class="failure-details">
      {why.state === 'known' ? (
        <FailedCallDetails own={why.own} theirs={why.theirs} name={name} />
      ) : (
        <CheckProgress steps={why.steps} done={why.state === 'looking' ? why.done : why.steps} />
      )}
    </div>
  );
}

interface WhyButtonProps {
  readonly isOpen: boolean;
  /** The id of the details. */
  readonly controls: string;
  readonly onToggle: () => void;
}

export function WhyButton({ isOpen, controls, onToggle }: WhyButtonProps) {
  return (
    <button type="button" class="button large" aria-expanded={isOpen} aria-controls={controls} onClick={onToggle}>
      <CircleHelp size={20} aria-hidden="true" />
      {text('connectivityWhy')}
    </button>
  );
}
