// Builds what a call page lives on, out of the stores: the first call, the group around it, the own devices. Wires and decides nothing.

import { toHex } from '../core/bytes.ts';
import type { Contact } from '../core/contact.ts';
import { addressHiding } from '../core/hidden-address.ts';
import { ContactStore } from '../platform/contact-store.ts';
import { openDatabase } from '../platform/database.ts';
import { HistoryStore } from '../platform/history-store.ts';
import { IdentityStore } from '../platform/identity-store.ts';
import type { Logger } from '../platform/logger.ts';
import { request } from '../platform/messenger.ts';
import { linkRelays } from '../platform/own-link.ts';
import { ownPorts } from '../platform/own-ports.ts';
import { SettingsStore } from '../platform/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { WebCryptoSealer } from '../platform/web-crypto-sealer.ts';
import type { CallConnection } from './call-connection.ts';
import type { CallActions, CallModel, CallPhase } from './call-model.ts';
import type { CallSession } from './call-session.ts';
import type { ChatSession } from './chat-session.ts';
import { groupActions } from './group-actions.ts';
import type { GroupActions, GroupModel } from './group-model.ts';
import { GroupSession } from './group-session.ts';
import { LocalDevices } from './local-devices.ts';
import { pageActions } from './page-actions.ts';
import { PageHold } from './page-hold.ts';
import { PairMaker } from './pair-maker.ts';

export interface OpenedCall {
  /** The call that the page was opened for. */
  readonly session: CallSession;
  readonly group: GroupSession;
  readonly actions: CallActions;
  readonly groupActions: GroupActions;
  /** The person of the first call takes a seat. */
  readonly sit: (isCaller: boolean) => void;
}

export interface OpenCallParts {
  readonly model: CallModel;
  readonly group: GroupModel;
  readonly chat: ChatSession;
  readonly logger: Logger;
}

/** @returns why there can be no call with this contact, or everything for one. */
export async function openCall(
  contactId: string,
  { model, group: groupModel, chat, logger }: OpenCallParts,
): Promise<OpenedCall | { readonly why: Extract<CallPhase, { phase: 'unavailable' }>['why'] }> {
  const database = await openDatabase();
  const contacts = new ContactStore(database);
  const settingsStore = new SettingsStore(database);
  const [own, contact, settings] = await Promise.all([
    new IdentityStore(database).read(),
    contacts.get(contactId),
    settingsStore.read(),
  ]);
  if (own.state !== 'present') return { why: 'no-identity' };
  if (!contact) return { why: 'unknown-contact' };
  if (contact.blocked) return { why: 'blocked-contact' };
  const { identity } = own;
  const { microphoneId, cameraId, speakerId } = settings;
  model.addressHiding.value = addressHiding(settings, contact);
  model.chosen.value = { microphoneId, cameraId, speakerId };
  model.quality.value = settings.callQuality;

  const fault = (what: string, error: unknown): void => logger.fault(what, error);
  const ask = (asked: Promise<unknown>): void => void asked.catch((error: unknown) => fault('request', error));
  const { signer, opener } = ownPorts(identity);
  const { ed25519Public: ed25519, x25519Public: x25519 } = identity.keys;
  const group: GroupSession = new GroupSession(
    {
      model: groupModel,
      clock: systemClock,
      sealer: new WebCryptoSealer(),
      signer,
      opener,
      self: { id: toHex(ed25519), ed25519, x25519, name: identity.name, relays: linkRelays(settings.relays) },
      contact: (id) => contacts.get(id),
      makeCall: (one, route) => maker.another(one, route),
      onGone: (id) => chat.part(id),
    },
    model,
  );
  const maker = new PairMaker({
    identity,
    settings,
    contacts,
    history: new HistoryStore(database),
    settingsStore,
    model,
    devices: new LocalDevices(model, settingsStore),
    hold: new PageHold((holding) => ask(request('holdCall', holding))),
    people: group,
    beside: {
      attach: (one: Contact, connection: CallConnection) => {
        chat.attach(one.id, one.name, connection);
        group.attach(one.id, connection);
      },
      prove: (id) => {
        chat.prove(id);
        group.prove(id);
      },
    },
    logger,
  });
  const first = maker.first(contact);
  const reloadBackground = () => ask(request('reload', undefined));
  return {
    session: first.session,
    group,
    actions: pageActions(group, first.session),
    groupActions: {
      ...groupActions({ model: groupModel, group, contacts, reloadBackground, fault }),
      admit: () => undefined,
      refuse: () => undefined,
      makeGuestLink: () => undefined,
    },
    sit: (isCaller) => void group.sit(first, isCaller),
  };
}
