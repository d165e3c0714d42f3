// The options page's entry: builds the model, then the view. First run, recovery, scanning and settings are all this page.
import { render } from 'preact';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { NewerDatabaseError } from '../platform/store/database.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { followPortraits } from '../ui/portraits/follow-portraits.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { FirstRunModel } from './model/first-run-model.ts';
import { canKeepKeys } from './model/key-storage-probe.ts';
import { OptionsModel } from './model/options-model.ts';
import { OptionsPage } from './options-page.tsx';

const root = document.getElementById('root');
takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);
document.title = text('productName');

interface RefusalProps {
  readonly title: string;
  readonly sentence: string;
}

/** Where keys cannot be kept (a private window), or a later version has written, nothing else is worth trying. */
function Refusal({ title, sentence }: RefusalProps) {
  return (
    <main class="page">
      <section class="card stack">
        <h1>{title}</h1>
        <p>{sentence}</p>
      </section>
    </main>
  );
}

async function start(into: HTMLElement): Promise<void> {
  try {
    if (!(await canKeepKeys())) throw new Error('keys cannot be stored');
    const model = await OptionsModel.open();
    render(<OptionsPage model={model} firstRun={new FirstRunModel(model)} />, into);
    void followPortraits().catch(() => undefined);
  } catch (error) {
    const [title, sentence] =
      error instanceof NewerDatabaseError
        ? (['uiNewerDataTitle', 'uiNewerData'] as const)
        : (['optionsCannotKeepTitle', 'optionsCannotKeepText'] as const);
    render(<Refusal title={text(title)} sentence={text(sentence)} />, into);
  }
}

if (root) void start(root);
