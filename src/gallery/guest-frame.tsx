// One state of the page for guests, as `?state=NAME` asks. What a person does there changes nothing.
import { render } from 'preact';
import type { OwnActions } from '../call/model/own-model.ts';
import { emptyVisitModel, type VisitActions } from '../guest/model/visit-model.ts';
import { GuestPage } from '../guest/views/guest-page.tsx';
import { emptyScene } from './call-scene.ts';
import { names } from './fixtures/people.ts';
import { guestStates } from './guest-states.ts';
import { wantedState } from './wanted-state.ts';

const idle = new Proxy({}, { get: () => () => '' }) as OwnActions & VisitActions;

const root = document.getElementById('root');
const visit = emptyVisitModel();
visit.invitation.value = { host: names[0] };
visit.pageHost.value = 'call.example.org';
visit.relaysUp.value = true;
const scene = emptyScene();
wantedState(guestStates)?.({ ...scene, visit });

if (root)
  render(
    <GuestPage
      model={visit}
      actions={idle}
      own={{ model: scene.own, actions: idle }}
      person={scene.model}
      chat={undefined}
    />,
    root,
  );
