// The settings: pages with an address each, the list of them beside or above, and every change saved at once.
import { useEffect, useRef } from 'preact/hooks';
import { latePart } from '../../ui/late-part.tsx';
import { languageTag, text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { placeOf } from '../model/settings-places.ts';
import { WordsReminder } from '../words/words-reminder.tsx';
import { placeTexts, SettingsNav } from './settings-nav.tsx';

const { Part: PageOf } = latePart(async () => (await import('./settings-pages.tsx')).PageOf, {
  failed: 'optionsNotLoaded',
});

export function SettingsPage({ model }: { readonly model: OptionsModel }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { place, part } = placeOf(model.hash.value);
  const name = text(placeTexts[place]);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = text('optionsPageTitle', name);
    // Whoever opens the page begins where the browser begins; whoever goes on to another one is led to its heading.
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [place, name]);
  return (
    <div class="settings">
      <SettingsNav current={place} />
      <main class="page" tabIndex={-1}>
        <WordsReminder model={model} />
        <section key={place} class="settings-page" aria-label={name}>
          <header class="stack tight">
            <h1 ref={heading} tabIndex={-1}>
              {name}
            </h1>
            <p class="hint">{text('optionsSavedAtOnce')}</p>
          </header>
          <PageOf model={model} place={place} part={part} />
          {languageTag() !== 'en' && <p class="hint">{text('optionsTranslated')}</p>}
        </section>
      </main>
    </div>
  );
}
