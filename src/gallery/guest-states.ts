// The page of a guest in each of its states up to the call, whose states are those of the call page, and after it.
import type { Lack, VisitModel } from '../guest/model/visit-model.ts';
import { type CallScene, withDevices } from './call-scene.ts';
import { galleryNow, names } from './fixtures/people.ts';

export type DrawVisit = (scene: CallScene & { readonly visit: VisitModel }) => void;

const lacks: readonly Lack[] = [
  'framed',
  'not-secure',
  'in-app',
  'no-calls',
  'too-old',
  'no-link',
  'damaged-link',
  'newer-link',
  'contact-link',
  'private-relay',
  'not-loaded',
];

const overs = [
  'hung-up',
  'remote-hung-up',
  'clock-wrong',
  'relays-unreachable',
  'connection-failed',
  'connection-lost',
  'security-check-failed',
  'cancelled',
  'not-ready',
  'call-full',
  'call-locked',
  'door-closed',
] as const;

/** Every state of the page for guests, by name. */
export const guestStates: Readonly<Record<string, DrawVisit>> = {
  checking: () => undefined,
  ...Object.fromEntries(
    lacks.map((why): [string, DrawVisit] => [
      `cannot-${why}`,
      ({ visit }) => {
        visit.phase.value = { at: 'cannot', why };
      },
    ]),
  ),
  early: ({ visit }) => {
    visit.invitation.value = { host: names[0], title: 'Parents’ evening', opensAt: galleryNow + 7_200_000 };
    visit.phase.value = { at: 'early' };
  },
  closed: ({ visit }) => {
    visit.invitation.value = { host: names[0], closesAt: galleryNow - 7_200_000 };
    visit.phase.value = { at: 'closed' };
  },
  join: ({ visit }) => {
    visit.phase.value = { at: 'join' };
  },
  'join-long': ({ visit }) => {
    visit.invitation.value = {
      host: names[2],
      title: 'Besprechung der Elternvertretung der Klassen 5 bis 7',
      closesAt: galleryNow + 7_200_000,
    };
    visit.name.value = names[7];
    visit.media.value = 'audio';
    visit.pageHost.value = 'a-very-long-name-of-a-server-in-a-hurry.call.example.org:8443';
    visit.phase.value = { at: 'join' };
  },
  'join-nameless': ({ visit }) => {
    visit.invitation.value = { host: '' };
    visit.pageHost.value = '';
    visit.phase.value = { at: 'join' };
  },
  'join-ready': (scene) => {
    withDevices(scene);
    scene.visit.isReady.value = true;
    scene.visit.name.value = names[1];
    scene.visit.phase.value = { at: 'join' };
  },
  'join-denied': ({ visit, own }) => {
    own.microphone.value = 'denied';
    own.camera.value = 'denied';
    visit.isReady.value = true;
    visit.phase.value = { at: 'join' };
  },
  asking: (scene) => {
    withDevices(scene);
    scene.visit.phase.value = { at: 'asking', isTold: false };
  },
  'asking-until': (scene) => {
    withDevices(scene, 'off');
    scene.visit.relaysUp.value = false;
    scene.visit.invitation.value = { host: names[0], closesAt: galleryNow + 7_200_000 };
    scene.visit.phase.value = { at: 'asking', isTold: false };
  },
  told: (scene) => {
    withDevices(scene);
    scene.visit.phase.value = { at: 'asking', isTold: true };
  },
  ...Object.fromEntries(
    overs.map((reason): [string, DrawVisit] => [
      `over-${reason}`,
      ({ visit }) => {
        const durationMs = reason === 'remote-hung-up' ? 725_000 : 0;
        visit.phase.value = { at: 'over', over: { reason, durationMs, refusals: 0 } };
      },
    ]),
  ),
  'over-refused': ({ visit }) => {
    visit.phase.value = { at: 'over', over: { reason: 'declined', durationMs: 0, refusals: 1 } };
  },
  'over-refused-twice': ({ visit }) => {
    visit.phase.value = { at: 'over', over: { reason: 'declined', durationMs: 0, refusals: 2 } };
  },
};
