// One state of the settings, as `?state=NAME` asks: the page itself over stores that were filled for it.
import { render } from 'preact';
import { FirstRunModel } from '../options/model/first-run-model.ts';
import { OptionsModel } from '../options/model/options-model.ts';
import { OptionsPage } from '../options/options-page.tsx';
import { optionsStates } from './options-states.ts';
import { writeRooms } from './room-scene.ts';
import { seed } from './seeded-stores.ts';
import { wantedState } from './wanted-state.ts';

/** The button with these words, as soon as it is there. */
async function button(words: string): Promise<HTMLElement> {
  for (;;) {
    const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
    if (found) return found;
    await new Promise((painted) => requestAnimationFrame(painted));
  }
}

async function show(into: HTMLElement): Promise<void> {
  const state = wantedState(optionsStates);
  if (!state) return;
  await seed(state.stored);
  if (state.hasRooms) await writeRooms({ room: 'full' });
  if (state.hash !== undefined) history.replaceState(null, '', state.hash);
  const model = await OptionsModel.open();
  const firstRun = new FirstRunModel(model);
  state.open?.(firstRun);
  render(<OptionsPage model={model} firstRun={firstRun} />, into);
  for (const words of state.clicks ?? []) (await button(words)).click();
}

const root = document.getElementById('root');
if (root) void show(root);
