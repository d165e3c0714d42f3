// The options page's entry: builds the model, then the view. First run, recovery, scanning and settings are all this page.
import { render } from 'preact';
import { text } from '../platform/text.ts';
import { FirstRunModel } from './first-run-model.ts';
import { canKeepKeys } from './key-storage-probe.ts';
import { OptionsModel } from './options-model.ts';
import { OptionsPage } from './options-page.tsx';

const root = document.getElementById('root');
document.title = text('productName');

/** Where keys cannot be kept (a private window), nothing else is worth trying. */
function Refusal() {
  return (
    <main class="page">
      <section class="card stack">
        <h1>{text('optionsCannotKeepTitle')}</h1>
        <p>{text('optionsCannotKeepText')}</p>
      </section>
    </main>
  );
}

async function start(into: HTMLElement): Promise<void> {
  try {
    if (!(await canKeepKeys())) throw new Error('keys cannot be stored');
    const model = await OptionsModel.open();
    render(<OptionsPage model={model} firstRun={new FirstRunModel(model)} />, into);
  } catch {
    render(<Refusal />, into);
  }
}

if (root) void start(root);
