// This page cannot call: why, and where to go instead.
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { CallPhase, PageActions } from '../model/person-model.ts';

type Why = Extract<CallPhase, { phase: 'unavailable' }>['why'];

const texts: Record<Why, { readonly title: TextKey; readonly advice: TextKey; readonly toSettings: boolean }> = {
  'no-identity': { title: 'callNoIdentity', advice: 'callNoIdentityAdvice', toSettings: true },
  'unknown-contact': { title: 'callUnknownContact', advice: 'callUnknownContactAdvice', toSettings: false },
  'ring-over': { title: 'callRingOver', advice: 'callRingOverAdvice', toSettings: false },
  'blocked-contact': { title: 'callBlockedContact', advice: 'callBlockedContactAdvice', toSettings: false },
  'newer-data': { title: 'uiNewerDataTitle', advice: 'uiNewerData', toSettings: false },
  'no-calls': { title: 'callNoCalls', advice: 'uiNoCalls', toSettings: false },
  'cannot-read': { title: 'callCannotRead', advice: 'popupCannotRead', toSettings: false },
  'not-loaded': { title: 'callNotLoaded', advice: 'callNotLoadedAdvice', toSettings: false },
  'in-another-call': { title: 'callInAnotherCall', advice: 'callInAnotherCallAdvice', toSettings: false },
};

interface Props {
  readonly why: Why;
  readonly name: string;
  readonly page: PageActions;
}

export function UnavailableView({ why, name, page }: Props) {
  const { title, advice, toSettings } = texts[why];
  const openSettings = toSettings ? page.openSettings : undefined;
  return (
    <main class="call-sheet ended-sheet">
      <ViewHeading>{text(title, name || text('callThisPerson'))}</ViewHeading>
      <p class="ended-advice">{text(advice)}</p>
      <div class="sheet-actions">
        {openSettings && (
          <button type="button" class="button large primary" onClick={() => openSettings()}>
            {text('callOpenSettings')}
          </button>
        )}
        <button type="button" class={`button large${openSettings ? '' : ' primary'}`} onClick={() => page.close()}>
          {text('callClose')}
        </button>
      </div>
    </main>
  );
}
