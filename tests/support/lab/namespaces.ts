// Network namespaces of one test run. Their names begin with the id of this process, and whatever becomes of it, namespaces, processes in
// them and the run's folder are removed: by close(), by a watcher that outlives us, or by the next run.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { path, run, Server } from './programs.ts';

const folderPrefix = 'ffc-lab-';
const remover = resolve(import.meta.dirname, 'remove-lab.sh');
let labs = 0;

/** The address families of IPv6 are ready at once; nobody's advertisements are heard. */
const settings = [
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv6.conf.default.accept_ra=0',
];
const forwarding = ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'];

export class Namespace {
  /** As `ip netns` lists it. */
  readonly name: string;
  readonly #folder: string;

  constructor(name: string, folder: string) {
    this.name = name;
    this.#folder = folder;
  }

  /** Runs commands of `ip`, one a line, here. */
  ip(...commands: readonly string[]): void {
    run('ip', ['-n', this.name, '-batch', '-'], `${commands.join('\n')}\n`);
  }

  /** Runs a program here, to its end. */
  run(program: string, args: readonly string[], input?: string): string {
    return run('ip', ['netns', 'exec', this.name, program, ...args], input);
  }

  /** Starts a program here that goes on. */
  start(program: string, args: readonly string[], ready?: string): Promise<Server> {
    return Server.start('ip', ['netns', 'exec', this.name, program, ...args], ready);
  }

  /** A file that starts `program` here, for those who can only be told which file to start. */
  wrapper(program: string): string {
    const file = join(this.#folder, `start-in-${this.name}`);
    writeFileSync(file, `#!/bin/sh\nPATH='${path}' exec ip netns exec ${this.name} ${program} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  addAddresses(device: string, ...addresses: readonly string[]): void {
    this.ip(...addresses.map((address) => `addr add ${address} dev ${device}${address.includes(':') ? ' nodad' : ''}`));
  }

  /**
   * A switch that every cable can be plugged into. Its hardware address is told: left alone, it takes over the lowest of its ports', and
   * whoever has learned the one before sends into the void for half a minute once another port is added.
   */
  addBridge(device: string): void {
    const address = ['02', ...(randomBytes(5).toString('hex').match(/../g) ?? [])].join(':');
    this.ip(`link add ${device} address ${address} type bridge`, `link set ${device} up`);
  }

  /** A cable to another namespace, plugged in at both ends. */
  connect(device: string, other: Namespace, otherDevice: string): void {
    this.ip(`link add ${device} type veth peer name ${otherDevice} netns ${other.name}`, `link set ${device} up`);
    other.ip(`link set ${otherDevice} up`);
  }
}

export class Namespaces {
  /** Goes with the lab: for keys, profiles and logs. */
  readonly folder: string;
  readonly #prefix: string;
  readonly #endWatcher: () => Promise<void>;

  constructor() {
    removeLeftovers();
    labs += 1;
    this.#prefix = `ffc${process.pid}x${labs}`;
    this.folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${this.#prefix}-`));
    // In a process group of its own, which Ctrl+C does not reach.
    const watcher = spawn('sh', [remover, this.#prefix, this.folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, PATH: path },
    });
    const ended = new Promise<void>((done) => watcher.once('close', () => done()));
    watcher.unref();
    (watcher.stdin as Socket).unref();
    this.#endWatcher = async () => {
      watcher.ref();
      watcher.stdin.end();
      await ended;
    };
  }

  add(name: string, { forwards = false } = {}): Namespace {
    const namespace = new Namespace(`${this.#prefix}-${name}`, this.folder);
    run('ip', ['netns', 'add', namespace.name]);
    namespace.ip('link set lo up');
    namespace.run('sysctl', ['-qw', ...settings, ...(forwards ? forwarding : [])]);
    return namespace;
  }

  /** Ends every process in the namespaces, and removes them and the folder. */
  close(): Promise<void> {
    return this.#endWatcher();
  }
}

/** Removes what runs have left that were killed together with their watchers. */
function removeLeftovers(): void {
  const names = [
    ...run('ip', ['netns', 'list']).split('\n'),
    ...readdirSync(tmpdir()).map((folder) => folder.slice(folderPrefix.length)),
  ];
  const prefixes = new Set(names.flatMap((name) => /^(ffc\d+x\d+)-/.exec(name)?.[1] ?? []));
  for (const prefix of prefixes) {
    if (existsSync(`/proc/${/\d+/.exec(prefix)}`)) continue;
    const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(`${folderPrefix}${prefix}-`));
    for (const folder of folders.length > 0 ? folders : ['ffc-lab-none'])
      run('sh', [remover, prefix, join(tmpdir(), folder)]);
  }
}
