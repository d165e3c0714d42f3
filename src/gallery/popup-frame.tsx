// One state of the popup, as `?state=NAME` asks: the page itself over stores that were filled for it.
import { render } from 'preact';
import { PopupModel } from '../popup/popup-model.ts';
import { PopupPage } from '../popup/popup-page.tsx';
import { popupStates } from './popup-states.ts';
import { seed } from './seeded-stores.ts';
import { wantedState } from './wanted-state.ts';

async function show(into: HTMLElement): Promise<void> {
  const state = wantedState(popupStates);
  if (!state) return;
  await seed(state.stored);
  const model = await PopupModel.open(new URLSearchParams());
  state.open?.(model);
  // As wide as the frame, not as the toolbar's popup.
  document.body.classList.add('in-tab');
  render(<PopupPage model={model} />, into);
}

const root = document.getElementById('root');
if (root) void show(root);
