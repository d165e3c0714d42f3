// What the pages of the bench and the probes put where the measurement can ask for it, and what pages load by a script of their own.
import type PeerJs from 'peerjs';
import type SimplePeerClass from 'simple-peer';
import type { BaselinePage } from './baselines/measure.mjs';
import type { MeshPage } from './mesh/room.mjs';

/** files-probe.js */
interface FilesProbe {
  openRaw(): Promise<void>;
  expectRaw(length: number): void;
  rawReceived(): Promise<number>;
  sendRaw(length: number): number;
  seenAt(text: string): number | undefined;
  fileSays(name: string, pattern: string): Promise<number>;
}

/** ours-probe.js */
interface CallProbe {
  mark(name: string): void;
  moment(name: string): number | Promise<number>;
  moments(): Record<string, number>;
  isQuiet(): boolean;
  hasOwnPicture(): boolean;
  clockError(): number;
}

declare global {
  var ffcFiles: FilesProbe;
  var ffcBench: CallProbe;
  var bench: BaselinePage;
  var mesh: MeshPage;
  /** For a look at it from the console. */
  var economy: unknown;
  /** Of plain-peer.mjs. */
  var camera: MediaStream;
  var firstFrameAt: Promise<number>;
  var peer: SimplePeerClass.Instance;
  var say: (signal: unknown) => void;
  var Peer: typeof PeerJs;
  var SimplePeer: typeof SimplePeerClass;
}
