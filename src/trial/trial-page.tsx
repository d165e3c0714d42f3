// What is seen of a trial call: the call page as it is, with what a person needs to know who calls themself, and at the end what has worked.
import type { ReadonlySignal } from '@preact/signals';
import { Check, Minus, Phone } from 'lucide-preact';
import type { ComponentChildren, ComponentProps } from 'preact';
import { useEffect } from 'preact/hooks';
import { LastWords } from '../call/kit/last-words.tsx';
import { ViewHeading } from '../call/kit/view-heading.tsx';
import { endReasonTexts } from '../call/model/end-reason-texts.ts';
import type { CallPhase, PageActions, PersonModel } from '../call/model/person-model.ts';
import { isGoodEnd } from '../call/sheets/good-end.ts';
import { isConnectionTrouble } from '../core/call/end-reason.ts';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import { type TrialPart, trialParts } from './window-talk.ts';

/** Which of the two windows this is. `orphan`: a second one that no first one calls. */
export type TrialSide = 'first' | 'second' | 'orphan';

export interface TrialPageProps {
  readonly side: ReadonlySignal<TrialSide>;
  /** The other side, as the page shows it. */
  readonly person: ReadonlySignal<PersonModel>;
  readonly arrived: ReadonlySignal<ReadonlySet<TrialPart>>;
  readonly page: PageActions;
  readonly onAgain: () => void;
  /** The call page. */
  readonly children: ComponentChildren;
}

const partTexts: Readonly<Record<TrialPart, TextKey>> = {
  camera: 'trialCamera',
  microphone: 'trialMicrophone',
  screen: 'trialScreen',
  chat: 'trialChat',
  file: 'trialFile',
};

export function TrialPage({ side, person, arrived, page, onAgain, children }: TrialPageProps) {
  const { phase, contactName } = person.value;
  const { value } = phase;
  if (side.value === 'orphan') return <OrphanView page={page} />;
  if (value.phase === 'ended')
    return side.value === 'first' ? (
      <OverView phase={value} name={contactName.value} arrived={arrived.value} page={page} onAgain={onAgain} />
    ) : (
      <SecondOverView page={page} />
    );
  if (value.phase === 'before') return <Noted words={text('trialBefore')}>{children}</Noted>;
  if (value.phase === 'incoming') return <Noted words={text('trialIncoming')}>{children}</Noted>;
  return children;
}

/** A view of the call page with a sentence above it. */
function Noted({ words, children }: { readonly words: string; readonly children: ComponentChildren }) {
  return (
    <div class="trial">
      <header class="trial-note">
        <p>{words}</p>
      </header>
      {children}
    </div>
  );
}

interface OverProps extends Pick<TrialPageProps, 'page' | 'onAgain'> {
  readonly phase: Extract<CallPhase, { phase: 'ended' }>;
  /** What the other window is called. */
  readonly name: string;
  readonly arrived: ReadonlySet<TrialPart>;
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function OverView({ phase, name, arrived, page, onAgain }: OverProps) {
  const hasFailed = isConnectionTrouble(phase.reason);
  const title = text(hasFailed ? 'trialFailed' : 'trialOver');
  useTitle(title);
  const openSettings = hasFailed ? page.openSettings : undefined;
  return (
    <main class="call-sheet ended-sheet">
      <ViewHeading>{title}</ViewHeading>
      {hasFailed && <p class="ended-advice">{text('trialFailedAdvice')}</p>}
      {!hasFailed && !isGoodEnd(phase) && (
        <p class="ended-advice">{text(endReasonTexts[phase.reason].sentence, name)}</p>
      )}
      {phase.durationMs > 0 && (
        <section class="card trial-parts" aria-label={text('trialWhatWorked')}>
          <h2>{text('trialWhatWorked')}</h2>
          <ul>
            {trialParts.map((part) => (
              <li key={part} class={arrived.has(part) ? 'arrived' : undefined}>
                {arrived.has(part) ? <Check aria-hidden="true" size={20} /> : <Minus aria-hidden="true" size={20} />}
                <span>{text(partTexts[part])}</span>
                <span class="hint">{text(arrived.has(part) ? 'trialArrived' : 'trialNotTried')}</span>
              </li>
            ))}
          </ul>
          <p class="hint">{text('trialWorkedHint')}</p>
        </section>
      )}
      <div class="sheet-actions">
        <button type="button" class={`button large${hasFailed ? '' : ' primary'}`} onClick={() => page.close()}>
          {text('callClose')}
        </button>
        {openSettings && (
          <button type="button" class="button large primary" onClick={() => openSettings('network')}>
            {text('callNetworkSettings')}
          </button>
        )}
        <button type="button" class="button large" onClick={onAgain}>
          <Phone size={20} aria-hidden="true" />
          {text('trialAgain')}
        </button>
      </div>
    </main>
  );
}

function SecondOverView({ page }: Pick<TrialPageProps, 'page'>) {
  return <TitledWords title={text('trialOver')} advice={text('trialSecondOver')} onClose={() => page.close()} />;
}

function OrphanView({ page }: Pick<TrialPageProps, 'page'>) {
  return <TitledWords title={text('trialOrphan')} advice={text('trialOrphanAdvice')} onClose={() => page.close()} />;
}

function TitledWords(words: ComponentProps<typeof LastWords>) {
  useTitle(words.title);
  return <LastWords {...words} />;
}
