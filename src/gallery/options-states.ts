// The settings in each of their states: what the stores hold, and how far the first run has come.
import type { FirstRunModel } from '../options/model/first-run-model.ts';
import { contact, galleryNow, names } from './fixtures/people.ts';
import type { Stored } from './seeded-stores.ts';

export interface OptionsState {
  readonly stored: Stored;
  /** This browser keeps a room with files. */
  readonly hasRooms?: boolean;
  /** The page that the address names. */
  readonly hash?: string;
  readonly open?: (firstRun: FirstRunModel) => void;
  /** What a person clicks once it is shown: buttons by their words, one after another. */
  readonly clicks?: readonly string[];
}

/** Every state of the settings, by name. */
export const optionsStates: Readonly<Record<string, OptionsState>> = {
  'first-run': { stored: { identity: 'none' } },
  'first-run-restore': {
    stored: { identity: 'none' },
    open: (firstRun) => {
      firstRun.step.value = 'restore';
    },
  },
  'first-run-finish': {
    stored: { identity: 'unwritten' },
    open: (firstRun) => {
      firstRun.step.value = 'finish';
    },
  },
  'first-run-finish-picture': {
    stored: { identity: 'unwritten', name: names[2] },
    open: (firstRun) => {
      firstRun.step.value = 'finish';
    },
    clicks: ['Turn on camera and microphone'],
  },
  'first-run-restored': {
    stored: {},
    open: (firstRun) => {
      firstRun.wasRestored.value = true;
      firstRun.step.value = 'finish';
    },
  },
  'first-run-lost': { stored: { identity: 'lost' } },
  settings: { stored: { contacts: [contact(1), contact(2, { blocked: true })] } },
  'settings-own-devices': {
    stored: {
      ownDevices: [
        { dev: 'QUFBQUFBQUE', firstAt: 1, seenAt: galleryNow - 60_000, n: 1 },
        { dev: 'TEtMS0xLTEs', name: `${names[3]} ${names[2]}`, firstAt: 1, seenAt: galleryNow - 90_000_000, n: 1 },
        { dev: 'WlpaWlpaWlo', name: 'Kitchen', firstAt: 1, seenAt: galleryNow - 40 * 86_400_000, n: 1 },
      ],
      view: { callsElsewhere: [{ dev: 'QUFBQUFBQUE', callId: 'c', who: [], outlook: {} }] },
    },
    clicks: ['Look for other devices'],
  },
  'settings-devices-apart': { stored: { settings: { devicesTogether: false } } },
  'settings-portrait': { stored: { portraits: [0], settings: { sendsPortrait: true } } },
  'settings-calls': { stored: {}, hash: '#calls' },
  'settings-calls-quiet': {
    stored: {
      contacts: [contact(2, { muted: true }), contact(4, { ringTone: 'bell' }), contact(5)],
      settings: {
        quietWhile: { length: 'morning', from: galleryNow, until: galleryNow + 60_000_000 },
        quietHours: { on: true, days: [], from: 1_320, to: 420 },
        favouritesRing: true,
      },
    },
    hash: '#calls',
  },
  'settings-devices': { stored: {}, hash: '#devices' },
  'settings-devices-recorded': { stored: {}, hash: '#devices', clicks: ['Record 5 seconds', 'Record again'] },
  'settings-appearance': { stored: {}, hash: '#appearance' },
  'settings-network': { stored: {}, hash: '#network' },
  'settings-no-relay': { stored: { settings: { relays: [] } }, hash: '#relays' },
  'settings-privacy': {
    stored: {
      contacts: [contact(1, { blocked: true }), contact(2, { blocked: true })],
      settings: { hideAddress: true },
    },
    hash: '#privacy',
  },
  'settings-data': { stored: {}, hash: '#data' },
  'settings-backup-rooms': {
    stored: {},
    hash: '#data',
    hasRooms: true,
    clicks: ['Export a backup', 'With your rooms', 'With your rooms'],
  },
  'settings-about': { stored: {}, hash: '#about', clicks: ['Write a report'] },
  'settings-words-unchecked': { stored: { identity: 'unchecked' } },
  'settings-words': { stored: { identity: 'unwritten' } },
  'settings-words-shown': { stored: { identity: 'unwritten' }, hash: '#words' },
  'settings-words-asked': {
    stored: { identity: 'unwritten' },
    hash: '#words',
    clicks: ['I have written them down', 'Check'],
  },
  'settings-servers': {
    hash: '#network',
    stored: {
      settings: {
        iceServers: [
          { urls: 'stun:stun.example:3478' },
          { urls: 'turns:turn.example:443?transport=tcp', username: 'alice', credential: 'secret' },
        ],
        hideAddress: true,
      },
      view: {
        relayStates: [
          { url: 'wss://relay.example', phase: 'up', refusal: 'rate-limited' },
          { url: 'wss://second.example', phase: 'down', reason: 'needs-login' },
        ],
      },
    },
  },
  'settings-own-server': {
    hash: '#network',
    stored: {
      settings: {
        relays: ['mqtt+wss://call.example.org/mqtt', 'wss://relay.example'],
        iceServers: [{ urls: 'turn:call.example.org:3478', username: '1803000000:alice', credential: 'secret' }],
        ownServers: [
          {
            name: 'call.example.org',
            relays: ['mqtt+wss://call.example.org/mqtt'],
            iceServers: ['turn:call.example.org:3478'],
            page: 'https://call.example.org/join/',
            endsAt: 1_000_000_000_000,
          },
        ],
      },
    },
  },
  'settings-guest-page': {
    hash: '#network',
    stored: { settings: { relays: ['wss://relay.example'], guestPage: 'https://pages.example/guests/' } },
  },
};
