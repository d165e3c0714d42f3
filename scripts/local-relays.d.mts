// Types of local-relays.mjs, for tests in TypeScript.

/** One recorded WebSocket frame, as seen by the relay: 'in' came from a client. */
export interface RecordedFrame {
  readonly direction: 'in' | 'out';
  readonly bytes: Uint8Array | string;
}

/** A relay that runs on 127.0.0.1. */
export interface LocalRelay {
  /** `ws://127.0.0.1:<port>/`. */
  readonly url: string;
  /** Every frame since the start, unless recording is off. */
  readonly frames: readonly RecordedFrame[];
  /** The HTTP headers of every WebSocket that came, in lower case, unless recording is off. */
  readonly handshakes: readonly Readonly<Record<string, string | readonly string[] | undefined>>[];
  /** Open sockets. */
  connections(): number;
  /** Messages that clients published. */
  received(): number;
  /** Kills every socket and frees the port. */
  close(): Promise<void>;
}

/** `port` 0 is any free one; `record` (default true) keeps frames. Rejects with the listen error, EADDRINUSE when the port is taken. */
export interface LocalRelayOptions {
  readonly port?: number;
  readonly record?: boolean;
}

/** aedes, MQTT 3.1.1 over WebSocket. With `login` only that user gets in. */
export function startMqttRelay(
  options?: LocalRelayOptions & { readonly login?: { readonly user: string; readonly password: string } },
): Promise<LocalRelay>;

/** `@nostr-relay/core` with a store in memory and NIP-11. With `loginRequired` it asks for NIP-42 before EVENT and REQ. */
export function startNostrRelay(
  options?: LocalRelayOptions & {
    readonly loginRequired?: boolean;
    /** Why it does not take an event, in NIP-01's words; undefined when it does. */
    readonly refuse?: (event: { readonly created_at: number }) => string | undefined;
  },
): Promise<LocalRelay>;

/** A relay in a process of its own, seen through a recording proxy. */
export interface ForeignRelay extends LocalRelay {
  /** The address of the process itself, with nobody in between. */
  readonly serverUrl: string;
  /** Whether the process still runs. */
  isAlive(): boolean;
}

/** The signaling server of npm's y-webrtc (JSON publish/subscribe). `received` counts probes too. */
export function startJsonRelay(options?: LocalRelayOptions): Promise<ForeignRelay>;

/** Whether Debian's mosquitto is on this machine. */
export function hasMosquitto(): boolean;

/** Debian's mosquitto, MQTT over WebSocket. With `login` only that user gets in, by a password file. */
export function startMosquitto(
  options?: LocalRelayOptions & { readonly login?: { readonly user: string; readonly password: string } },
): Promise<ForeignRelay>;

/**
 * Everything to everybody. `echo` (default false): also to the sender. `binary`: frames stay binary, end the connection, or go
 * on as text, which damages them. `received` counts every frame, probes too.
 */
export function startBroadcastRelay(
  options?: LocalRelayOptions & { readonly echo?: boolean; readonly binary?: 'kept' | 'refused' | 'as-text' },
): Promise<LocalRelay>;
