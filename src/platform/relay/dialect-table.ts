// The dialects that relays are spoken to in. Knows only their names; a new dialect is entered here, and its prefix in core/base/ports.ts.
import type { RelayDialect } from '../../core/base/ports.ts';
import { broadcastDialect } from './broadcast-dialect.ts';
import { jsonDialect } from './json-dialect.ts';
import { mqttDialect } from './mqtt-dialect.ts';
import { nostrDialect } from './nostr-dialect.ts';
import type { Dialect } from './relay-transport.ts';

/** Every dialect by its name, in the order in which an unknown server is asked. */
export const dialects: Readonly<Record<RelayDialect, Dialect>> = {
  nostr: nostrDialect,
  'json-pubsub': jsonDialect,
  broadcast: broadcastDialect,
  mqtt: mqttDialect,
};
