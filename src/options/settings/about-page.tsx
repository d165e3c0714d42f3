// What this is, which version, what is new in it, where help is, and how to report a problem: nothing is sent by itself.
import { useSignal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { CopyButton } from '../../ui/copy-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { problemReport } from '../model/problem-report.ts';

/** What somebody notices who had the version before; the whole list is CHANGELOG.md. */
const news: readonly TextKey[] = ['optionsNew1', 'optionsNew2', 'optionsNew3', 'optionsNew4', 'optionsNew5'];

const help: readonly (readonly [TextKey, TextKey])[] = [
  ['optionsHelpRing', 'optionsHelpRingText'],
  ['optionsHelpConnect', 'optionsHelpConnectText'],
  ['optionsHelpDevices', 'optionsHelpDevicesText'],
  ['optionsHelpMove', 'optionsHelpMoveText'],
];

export function AboutPage({ model }: { readonly model: OptionsModel }) {
  const report = useSignal<string | undefined>(undefined);
  const { version } = browser.runtime.getManifest();
  const write = () => {
    report.value = problemReport({
      version,
      userAgent: navigator.userAgent,
      settings: model.settings.value,
      relayStates: model.relayStates.value,
      contacts: model.contacts.value.length,
    });
  };
  return (
    <>
      <div class="card about-head">
        <img src="/icons/128.png" alt="" width={64} height={64} />
        <div class="stack tight about-words">
          <h2>{text('productName')}</h2>
          <p>{text('optionsVersion', version)}</p>
          <p class="hint">{text('optionsAboutText')}</p>
        </div>
      </div>
      <section class="card stack" aria-label={text('optionsNew')}>
        <h2>{text('optionsNew')}</h2>
        <ul class="facts">
          {news.map((key) => (
            <li key={key}>{text(key)}</li>
          ))}
        </ul>
      </section>
      <section class="card stack tight" aria-label={text('optionsHelp')}>
        <h2>{text('optionsHelp')}</h2>
        {help.map(([question, answer]) => (
          <details key={question} class="question">
            <summary>{text(question)}</summary>
            <p>{text(answer)}</p>
          </details>
        ))}
      </section>
      <section class="card stack" aria-label={text('optionsReport')}>
        <h2>{text('optionsReport')}</h2>
        <p>{text('optionsReportText')}</p>
        <div class="actions">
          <button type="button" class="button" onClick={write}>
            {text('optionsReportWrite')}
          </button>
          {report.value === undefined ? null : (
            <CopyButton label={text('optionsReportCopy')} content={report.value} copied={text('optionsReportCopied')} />
          )}
        </div>
        {report.value === undefined ? null : (
          <textarea
            class="input mono"
            rows={12}
            readOnly
            value={report.value}
            aria-label={text('optionsReportField')}
          />
        )}
      </section>
    </>
  );
}
