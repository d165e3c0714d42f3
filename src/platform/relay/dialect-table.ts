// The dialects that relays are spoken to in. Knows only their names; a new dialect is entered here.
import type { RelayDialect } from '../../core/ports.ts';
import { mqttDialect } from './mqtt-dialect.ts';
import { nostrDialect } from './nostr-dialect.ts';
import type { Dialect } from './relay-transport.ts';

/** Every dialect by its name. */
export const dialects: Readonly<Record<RelayDialect, Dialect>> = { nostr: nostrDialect, mqtt: mqttDialect };
