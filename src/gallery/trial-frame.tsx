// One state of the page of a trial call, as `?state=NAME` asks.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { CallPage } from '../call/call-page.tsx';
import * as lateViews from '../call/late-views.tsx';
import type { GroupActions } from '../call/model/group-model.ts';
import type { OwnActions } from '../call/model/own-model.ts';
import type { CallActions, PageActions } from '../call/model/person-model.ts';
import { TrialPage } from '../trial/trial-page.tsx';
import { text } from '../ui/texts/text.ts';
import { emptyScene, withDevices } from './call-scene.ts';
import { idOf, names } from './fixtures/people.ts';
import { trialStates } from './trial/trial-states.ts';
import { wantedState } from './wanted-state.ts';

/** Takes every action. */
const idle = new Proxy({}, { get: () => () => undefined }) as CallActions & GroupActions & OwnActions & PageActions;

const root = document.getElementById('root');
const state = wantedState(trialStates);
if (root && state) {
  const scene = emptyScene();
  withDevices(scene);
  const { model, own, group } = scene;
  model.contactId.value = idOf(0);
  model.contactName.value = text(state.side === 'first' ? 'trialSecond' : 'trialFirst', names[0]);
  model.phase.value = state.phase;
  render(
    <TrialPage
      side={signal(state.side)}
      person={signal(model)}
      arrived={signal(new Set(state.arrived))}
      page={idle}
      onAgain={() => undefined}
    >
      <CallPage
        model={model}
        page={idle}
        own={{ model: own, actions: idle }}
        actions={idle}
        group={{ model: group, actions: idle, isGuest: true }}
        late={lateViews}
      />
    </TrialPage>,
    root,
  );
}
