// What a relay dialect is to the rest of the pool: it sees one open, bounded connection and speaks topics and payloads over it.
// Knows no retry, no queue, no pool. A further dialect is one file that exports a `Dialect`, and one line in dialect-table.ts.
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock, PublishFailure, RelayDialect } from '../../core/base/ports.ts';

/** No frame above this size is read or sent, in bytes (text: UTF-16 units). */
export const maxFrameBytes = 256 * 1024;

/** Largest payload of one message in bytes: its base64 still fits one frame. */
export const maxPayloadBytes = 180 * 1024;

/** One WebSocket frame. */
export type Frame = string | Bytes;

/** The part of the WebSocket API that is used; browsers' WebSocket and `ws` both fit. */
export interface SocketLike {
  binaryType: string;
  readonly protocol: string;
  send(frame: Frame): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * How a socket ended. 'unopened' is also a server that ignored the offered subprotocol: Chrome closes such a socket,
 * Firefox opens it with an empty `protocol` (RFC 6455 section 4.2.2), and here both are one.
 */
export type SocketEnd = 'unopened' | 'closed' | 'oversize';

/** Who is told about one socket. Nothing is called any more after `onEnd` or `close`. */
export interface SocketEvents {
  onOpen(): void;
  onFrame(frame: Frame): void;
  onEnd(end: SocketEnd): void;
}

/** The handle on a socket that is opening or open. */
export interface RelaySocket {
  /** Sends when open; otherwise the frame is lost. */
  send(frame: Frame): void;
  close(): void;
}

/** The part of the fetch API that is used. With `mode: 'no-cors'` an answer is opaque: status 0, no body. */
type FetchLike = (
  url: string,
  init: { headers: Record<string, string>; signal: AbortSignal; credentials: 'omit'; mode?: 'no-cors' },
) => Promise<{ readonly status: number; readonly body: ReadableStream<Uint8Array> | null }>;

/** Remembers which dialect a relay spoke, so that it is asked once and not at every reconnect. Keys are `RelayAddress.url`. */
interface DialectCache {
  get(url: string): RelayDialect | undefined | Promise<RelayDialect | undefined>;
  set(url: string, dialect: RelayDialect): void;
}

/** The world as relays need it. */
export interface RelayDeps {
  readonly clock: Clock;
  /** Asked before each connection: whether it would tell nobody which installation this is. Never rejects. */
  readonly mayConnect?: () => Promise<boolean>;
  /**
   * What unknown relays are asked over HTTP. 'after-opening', for relays that others have named: nothing before they have spoken WebSocket.
   * 'at-once', unless said: a website in place of a relay is told from silence.
   */
  readonly asksWeb?: 'at-once' | 'after-opening';
  /** Opens a WebSocket; may throw when the browser refuses the address. */
  openSocket(url: string, protocols?: string[]): SocketLike;
  readonly fetch: FetchLike;
  readonly dialectCache: DialectCache;
  randomBytes(length: number): Bytes;
}

/** Name and password from a relay's address. */
export interface RelayCredentials {
  readonly user: string;
  readonly password: string;
}

/** Why a dialect gave its connection up. */
type RelayFault = 'closed' | 'not-a-relay' | 'needs-login' | 'refused';

/** What a dialect is given: one open connection and where to report. */
export interface TransportContext {
  /** ws: or wss: address without credentials. */
  readonly url: string;
  readonly credentials?: RelayCredentials;
  readonly clock: Clock;
  randomBytes(length: number): Bytes;
  send(frame: Frame): void;
  /** Opens one more socket to the same address; whoever opens it closes it. */
  openSecondSocket(events: SocketEvents): RelaySocket;
  /** Only for topics that were set; `topicHex` is 64 lower-case hexadecimal digits. */
  onMessage(topicHex: string, payload: Bytes): void;
  /** The connection is of no more use. May be called more than once. */
  onFault(fault: RelayFault): void;
}

/** What is known of a message that was published: the relay confirmed it, or it only left without a complaint. */
export type Publication = 'acked' | 'sent';

/** One dialect on one open connection. After `close` every promise that is still open rejects with PublishError('down'). */
export interface RelayTransport {
  /** The dialect's handshake. */
  open(): Promise<void>;
  /** Replaces the subscribed topics (64 lower-case hexadecimal digits each). Resolves when the relay has confirmed. */
  setTopics(topics: ReadonlySet<string>): Promise<void>;
  /**
   * Resolves when the relay has taken the message, or at once where relays of this dialect never say so; rejects with PublishError.
   * `onRefused` hears why it was not taken yet while another way is tried.
   */
  publish(topicHex: string, payload: Bytes, onRefused?: (failure: PublishFailure) => void): Promise<Publication>;
  /** An application-level round trip: proves that both directions work, and counts as traffic for Chrome's worker lifetime. */
  probe(): Promise<void>;
  /** A frame has come in. Never throws, whatever it is. */
  receive(frame: Frame): void;
  /** Says goodbye where the dialect has a word for it. */
  close(): void;
}

/** What a relay tells about itself. Addresses begin with `https:`. */
export interface RelayDescription {
  readonly name?: string;
  /** Address of the terms of service. */
  readonly terms?: string;
  /** Address of the rules for what may be posted. */
  readonly postingPolicy?: string;
  /** Address where one pays. */
  readonly payments?: string;
  /** It serves only those who pay. */
  readonly isPaid?: boolean;
  /** Largest frame that the relay reads, in bytes. */
  readonly maxMessageLength?: number;
}

/** What was heard of a server whose dialect is unknown: the last frames of each kind. */
interface Heard {
  /** Sent to it over the first socket. */
  readonly asked: readonly Frame[];
  /** What came over the first socket. */
  readonly answers: readonly Frame[];
  /** What came over a second socket to the same address, which said nothing. */
  readonly overheard: readonly Frame[];
}

/** How a dialect is recognised and spoken. */
export interface Dialect {
  readonly name: RelayDialect;
  /** WebSocket subprotocols to offer; the server has to choose one of them. Empty: none is offered. */
  readonly subprotocols: readonly string[];
  /** Binary greetings are shown to unknown servers last: one binary frame kills npm's y-webrtc-signaling. */
  readonly greetsWith: 'text' | 'binary';
  /** Whether servers of this dialect usually live at such an address: then it is tried first. */
  livesAt(url: URL): boolean;
  /** First frames that change nothing at the server and tell nothing about us. Text is always JSON: y-webrtc-signaling dies of any other. */
  greeting(randomBytes: (length: number) => Bytes): readonly Frame[];
  /** Whether only a server of this dialect behaves so. Asked after every frame: aedes sends its CONNACK byte by byte. */
  recognises(heard: Heard): boolean;
  /** Asks over HTTP. `answered`: any HTTP server spoke. A description is proof of the dialect. */
  describe?(
    url: string,
    deps: Pick<RelayDeps, 'fetch' | 'clock'>,
  ): Promise<{ readonly answered: boolean; readonly description?: RelayDescription }>;
  transport(context: TransportContext): RelayTransport;
}
