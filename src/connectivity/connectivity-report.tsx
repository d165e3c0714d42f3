// How the self-test looks: what is being checked, then the main sentence with what to do, then every single finding with a mark and
// words. Shows what it is given and asks nobody.
import { CircleCheck, CircleX, Info, LoaderCircle, TriangleAlert } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import type { CheckStep } from '../core/network/check-steps.ts';
import { combinedVerdict } from '../core/network/combined-verdict.ts';
import type { NetworkFindings, SharedFindings } from '../core/network/network-findings.ts';
import { type FindingRow, type Grade, ownVerdict } from '../core/network/own-verdict.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { text } from '../ui/texts/text.ts';
import {
  combinedVerdictWords,
  ownRowWords,
  ownVerdictWords,
  type RowWords,
  reportText,
  theirRowWords,
  type VerdictWords,
} from './connectivity-sentences.ts';
import { gradeKeys, stepKeys } from './connectivity-texts.ts';

const marks = { good: CircleCheck, fair: TriangleAlert, bad: CircleX, neutral: Info } as const;

function Mark({ grade, size }: { readonly grade: FindingRow['grade']; readonly size: number }) {
  const Icon = marks[grade];
  return <Icon class="connectivity-mark" aria-hidden="true" size={size} />;
}

/** What is being looked at, and what of it is done. */
export function CheckProgress({
  steps,
  done,
}: {
  readonly steps: readonly CheckStep[];
  readonly done: readonly CheckStep[];
}) {
  return (
    <ul class="connectivity-steps">
      {steps.map((step) => {
        const isDone = done.includes(step);
        const Icon = isDone ? CircleCheck : LoaderCircle;
        return (
          <li key={step} class={isDone ? 'grade-good' : 'grade-running'}>
            <Icon class="connectivity-mark" aria-hidden="true" size={18} />
            <span>
              {text(stepKeys[step])}: {text(isDone ? 'connectivityStepDone' : 'connectivityStepRunning')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Verdict({ words, grade }: { readonly words: VerdictWords; readonly grade: Grade }) {
  return (
    <div class={`connectivity-verdict grade-${grade}`}>
      <Mark grade={grade} size={28} />
      <div class="connectivity-words">
        <p class="connectivity-sentence">{words.sentence}</p>
        {words.todo === undefined ? null : <p>{words.todo}</p>}
      </div>
    </div>
  );
}

function Rows({ heading, rows }: { readonly heading: string; readonly rows: readonly RowWords[] }) {
  return (
    <ul class="connectivity-rows" aria-label={heading}>
      {rows.map(({ finding, topic, sentences }) => (
        <li key={finding.finding} class={`grade-${finding.grade}`}>
          <Mark grade={finding.grade} size={20} />
          <div class="connectivity-words">
            <strong>{topic}</strong>
            <span class="visually-hidden"> {text(gradeKeys[finding.grade])}:</span> <span>{sentences}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Copy({ content }: { readonly content: string }) {
  return (
    <div class="actions">
      <CopyButton label={text('connectivityCopy')} content={content} copied={text('connectivityCopied')} />
    </div>
  );
}

/** A place whose sentences are read out when they come. The single findings stand outside: they would be too many at once. */
function Spoken({ children }: { readonly children: ComponentChildren }) {
  return <div aria-live="polite">{children}</div>;
}

export interface OwnReportProps {
  readonly steps: readonly CheckStep[];
  readonly done: readonly CheckStep[];
  /** Undefined while it is being found out. */
  readonly found: NetworkFindings | undefined;
}

/** The self-test of one's own network, running or done. */
export function OwnReport({ steps, done, found }: OwnReportProps) {
  const verdict = found && ownVerdict(found);
  const words = verdict && ownVerdictWords(verdict);
  const heading = text('connectivityFound');
  const rows = found && verdict ? ownRowWords(found, verdict.todo) : [];
  return (
    <div class="connectivity">
      <Spoken>
        {verdict && words ? (
          <Verdict words={words} grade={verdict.grade} />
        ) : (
          <p class="hint">{text('connectivityChecking')}</p>
        )}
      </Spoken>
      {words ? (
        <>
          <Rows heading={heading} rows={rows} />
          <Copy content={reportText(words, [{ heading, rows }])} />
        </>
      ) : (
        <CheckProgress steps={steps} done={done} />
      )}
    </div>
  );
}

export interface FailedCallProps {
  readonly own: NetworkFindings;
  /** Undefined when the other side told nothing. */
  readonly theirs: SharedFindings | undefined;
  /** The person on the other side. */
  readonly name: string;
}

/** Why a call failed, in one sentence that names whose network it was, and what to do. */
export function FailedCallVerdict({ own, theirs, name }: FailedCallProps) {
  const verdict = combinedVerdict(own, theirs);
  const grade = verdict.because === 'passing' ? 'good' : verdict.because === 'unclear' ? 'fair' : 'bad';
  return <Verdict words={combinedVerdictWords(verdict, name)} grade={grade} />;
}

/** What both sides found, in full. */
export function FailedCallDetails({ own, theirs, name }: FailedCallProps) {
  const verdict = combinedVerdict(own, theirs);
  const isOurs = verdict.forWhom !== 'theirs';
  const parts = [
    { heading: text('connectivityYourNetwork'), rows: ownRowWords(own, isOurs ? verdict.todo : 'nothing') },
    ...(theirs ? [{ heading: text('connectivityTheirNetwork', name), rows: theirRowWords(theirs) }] : []),
  ];
  return (
    <div class="connectivity">
      {parts.map(({ heading, rows }) => (
        <section key={heading}>
          <h2 class="connectivity-heading">{heading}</h2>
          <Rows heading={heading} rows={rows} />
        </section>
      ))}
      {theirs ? null : <p class="hint">{text('connectivityTheirsMissing', name)}</p>}
      <Copy content={reportText(combinedVerdictWords(verdict, name), parts)} />
    </div>
  );
}
