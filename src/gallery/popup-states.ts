// The popup in each of its states: what the stores hold, and what the person has opened.
import type { MoveOutlook } from '../core/base/move-outlook.ts';
import type { PopupModel } from '../popup/popup-model.ts';
import { contact, contactRequest, galleryNow, historyEntry, idOf, leftMessage, names } from './fixtures/people.ts';
import type { Stored } from './seeded-stores.ts';

export interface PopupState {
  readonly stored: Stored;
  readonly open?: (model: PopupModel) => void;
}

const three = [1, 2, 3].map((place) => contact(place));
const many = Array.from({ length: 8 }, (_, place) => contact(place));
const ring = {
  callId: 'ring',
  contactId: idOf(1),
  contactName: names[1],
  media: 'video',
  phase: 'ringing',
  expiresAt: galleryNow,
} as const;
const held = {
  callId: 'held',
  contactId: idOf(2),
  contactName: names[2],
  direction: 'outgoing',
  linked: true,
  tabId: 1,
  page: 'page',
} as const;

const callElsewhere = (outlook: MoveOutlook): PopupState => ({
  stored: { contacts: three, view: { callsElsewhere: [{ dev: 'other', callId: 'c', who: [idOf(2)], outlook }] } },
});

const secretOf = (place: number) => `${String(place).repeat(21)}A`;
const doors = [
  { id: 'door 1', secret: secretOf(1), title: '', from: galleryNow - 600_000, until: galleryNow + 3_000_000 },
  {
    ...{ id: 'door 2', secret: secretOf(2), title: 'Elternabend der Klassen 5 bis 7 mit den Lehr' },
    ...{ from: galleryNow + 86_400_000, until: galleryNow + 97_200_000 },
  },
];

const messages = [
  leftMessage(1, { direction: 'in', state: 'arrived', seconds: 42 }),
  leftMessage(2, { direction: 'in', state: 'announced', kind: 'voice', seconds: 180 }),
  leftMessage(3, { direction: 'out', state: 'waiting' }),
  leftMessage(1, { m: 'draft', direction: 'out', state: 'draft', seconds: 0 }),
];

/** Every state of the popup, by name. */
export const popupStates: Readonly<Record<string, PopupState>> = {
  welcome: { stored: { identity: 'none' } },
  'keys-lost': { stored: { identity: 'lost' } },
  empty: { stored: {} },
  contacts: { stored: { contacts: three } },
  'contacts-many': {
    stored: { contacts: [...many, contact(8, { name: 'Bob', blocked: true }), contact(9, { hideAddress: true })] },
  },
  'contacts-history': {
    stored: {
      contacts: three,
      history: [
        historyEntry(1),
        historyEntry(2, { direction: 'outgoing', outcome: 'no-answer', durationMs: 0 }),
        historyEntry(3, { outcome: 'missed', durationMs: 0, seen: false, media: 'audio' }),
        historyEntry(4, { others: [names[5], names[6]] }),
      ],
    },
  },
  'messages-left': { stored: { contacts: three, messages } },
  'contacts-favourites': {
    stored: {
      contacts: [...many.map((one, place) => ({ ...one, favourite: place === 2 || place === 5 })), contact(8)],
      history: [0, 1, 2, 3, 4].map((place) => historyEntry(place, { direction: 'outgoing' })),
    },
  },
  portraits: { stored: { contacts: three, portraits: [0, 1, 3], history: [historyEntry(1)], view: { ring } } },
  groups: {
    stored: {
      contacts: [...three, contact(5)],
      settings: {
        savedGroups: [
          { name: 'Choir', contactIds: [idOf(1), idOf(2), idOf(3), idOf(5)] },
          { name: 'Elternvertretung der Klassen 5 bis 7 und die Lehrkräfte', contactIds: [idOf(1), idOf(2)] },
          { name: 'Long gone', contactIds: [idOf(30)] },
        ],
      },
    },
  },
  quiet: {
    stored: {
      contacts: three,
      settings: { quietWhile: { length: 'hour', from: galleryNow, until: galleryNow + 3_600_000 } },
    },
  },
  'words-reminder': { stored: { identity: 'unwritten', contacts: three, history: [historyEntry(1)] } },
  missed: {
    stored: {
      contacts: three,
      history: [
        historyEntry(1, { outcome: 'missed', durationMs: 0, media: 'audio' }),
        historyEntry(1, { callId: 'again', outcome: 'missed', durationMs: 0, at: galleryNow - 8_000_000 }),
        historyEntry(2, { outcome: 'missed', durationMs: 0 }),
        historyEntry(6, { outcome: 'missed', durationMs: 0 }),
      ],
    },
  },
  'request-one': { stored: { requests: [contactRequest(6, { attempts: 1 })] } },
  requests: {
    stored: {
      contacts: three,
      // A long name, and those who call themselves like a contact and like the person here.
      requests: [
        contactRequest(5),
        contactRequest(2),
        contactRequest(8, { name: 'B0B' }),
        contactRequest(9, { name: 'Alice' }),
      ],
    },
  },
  ringing: { stored: { contacts: three, view: { ring } } },
  'ringing-group': { stored: { contacts: three, view: { ring: { ...ring, contactName: names[2], others: 4 } } } },
  'in-a-call': { stored: { contacts: three, view: { heldCall: held } } },
  'a-call-elsewhere': callElsewhere({ loses: [] }),
  'a-call-elsewhere-older': callElsewhere({}),
  'a-call-elsewhere-screen': callElsewhere({ loses: ['screen'] }),
  'a-call-elsewhere-files': callElsewhere({ loses: ['files'] }),
  'a-call-elsewhere-several': callElsewhere({ stays: 'several', loses: ['screen'] }),
  'a-call-elsewhere-recorded': callElsewhere({ stays: 'recording', loses: [] }),
  'a-call-elsewhere-on-hold': callElsewhere({ stays: 'not-up', loses: [] }),
  'relays-down': {
    stored: {
      contacts: three,
      view: { relayStates: [{ url: 'wss://relay.example', phase: 'down', reason: 'unreachable' }] },
    },
  },
  'add-contact': {
    stored: { contacts: three },
    open: (model) => model.show({ show: 'add', link: '', from: 'link' }),
  },
  doors: {
    stored: {
      contacts: three,
      doors,
      view: {
        knocks: [
          {
            call: {
              ...{
                callId: 'knock',
                contactId: idOf(1),
                media: 'video',
                st: '',
                ek: '',
                cm: '',
                nextN: 1,
                callerDev: '',
              },
              expiresAt: galleryNow + 60_000,
            },
            ...{ link: '', door: secretOf(1) },
          },
        ],
      },
    },
  },
  'door-new': { stored: { contacts: three }, open: (model) => model.show({ show: 'new-door' }) },
  'door-invitation': {
    stored: { contacts: three, doors },
    open: (model) => model.show({ show: 'door', doorId: 'door 2' }),
  },
  'my-link': { stored: { contacts: three }, open: (model) => model.show({ show: 'my-link' }) },
  'my-link-page': {
    stored: {
      settings: {
        ownServers: [{ name: '', relays: [], iceServers: [], page: 'https://calls.example/join/' }],
      },
    },
    open: (model) => model.show({ show: 'my-link' }),
  },
  'about-contact': {
    stored: {
      contacts: [contact(2, { favourite: true, verification: { state: 'verified', at: galleryNow - 86_400_000 } })],
      history: [historyEntry(2), historyEntry(2, { callId: 'b', outcome: 'missed', durationMs: 0 })],
    },
    open: (model) => model.show({ show: 'more', contactId: idOf(2) }),
  },
  'choosing-several': {
    stored: { contacts: many },
    open: (model) => {
      model.chooseSeveral(true);
      model.choose(idOf(1), true);
      model.choose(idOf(2), true);
    },
  },
};
