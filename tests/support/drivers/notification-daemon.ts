// A desktop's notification service on a private D-Bus, so that a test sees the real notification Chromium sent
// and clicks its real buttons. One bus per profile; it knows nothing of the extension.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dbus from 'dbus-next';
import { until } from '../runner/condition.ts';

const serviceName = 'org.freedesktop.Notifications';
const servicePath = '/org/freedesktop/Notifications';

/** One notification as the desktop was asked to show it; a later Notify with the same id replaces it. */
export type ShownNotification = {
  readonly id: number;
  readonly summary: string;
  readonly body: string;
  /** Action key to label, e.g. `{ '0': 'Accept', '1': 'Decline', default: 'Activate' }`. */
  readonly actions: Readonly<Record<string, string>>;
  readonly urgency: number | undefined;
  /** When the desktop was asked, ms since the epoch. */
  readonly shownAt: number;
  /** True once the user or the application closed it. */
  closed: boolean;
};

/** The D-Bus face of the service: what a desktop answers and tells. */
class NotificationsInterface extends dbus.interface.Interface {
  readonly shown: ShownNotification[] = [];
  #lastId = 0;

  GetCapabilities(): string[] {
    return ['actions', 'body', 'persistence'];
  }

  GetServerInformation(): string[] {
    return ['ffc-test', 'ffc', '1', '1.2'];
  }

  Notify(
    _application: string,
    replaces: number,
    _icon: string,
    summary: string,
    body: string,
    actions: string[],
    hints: Record<string, { value: unknown }>,
  ): number {
    if (!replaces) this.#lastId += 1;
    const id = replaces || this.#lastId;
    const pairs: Record<string, string> = {};
    for (let i = 0; i + 1 < actions.length; i += 2) pairs[String(actions[i])] = String(actions[i + 1]);
    const urgency = hints['urgency']?.value;
    const at = this.shown.findIndex((one) => one.id === id);
    const now = {
      id,
      summary,
      body,
      actions: pairs,
      urgency: typeof urgency === 'number' ? urgency : undefined,
      shownAt: Date.now(),
      closed: false,
    };
    if (at === -1) this.shown.push(now);
    else this.shown[at] = now;
    return id;
  }

  CloseNotification(id: number): void {
    this.close(id, 3);
  }

  /** Marks it closed and tells the application why: 2 = by the user, 3 = by the application. */
  close(id: number, reason: 2 | 3): void {
    const one = this.shown.find((shown) => shown.id === id);
    if (one) one.closed = true;
    this.NotificationClosed(id, reason);
  }

  ActionInvoked(id: number, key: string): [number, string] {
    return [id, key];
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }
}

NotificationsInterface.configureMembers({
  methods: {
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
  },
  signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
});

const busConfig = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** A private bus with a notification service on it. */
export class NotificationDaemon {
  readonly #dir: string;
  readonly #process: ChildProcess;
  readonly #bus: dbus.MessageBus;
  readonly #service = new NotificationsInterface(serviceName);
  /** A test run that crashes leaves no bus behind. */
  readonly #killAtExit = (): void => void this.#process.kill();

  /** What to put into DBUS_SESSION_BUS_ADDRESS of the browser. */
  readonly address: string;

  private constructor(dir: string, address: string, process: ChildProcess, bus: dbus.MessageBus) {
    this.#dir = dir;
    this.address = address;
    this.#process = process;
    this.#bus = bus;
    globalThis.process.once('exit', this.#killAtExit);
  }

  /** Starts a bus of its own (no services but ours, nothing of the machine's desktop) and takes the name. */
  static async start(): Promise<NotificationDaemon> {
    const dir = await mkdtemp(join(tmpdir(), 'ffc-bus-'));
    const socket = join(dir, 'bus');
    const config = join(dir, 'bus.conf');
    await writeFile(config, busConfig(socket));
    const child = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new Error('dbus-daemon does not start; install the dbus package', { cause })),
      );
      child.once('exit', (code) => reject(new Error(`dbus-daemon ended with code ${code}`)));
      child.stdout?.once('data', () => resolve());
    });
    const address = `unix:path=${socket}`;
    const bus = dbus.sessionBus({ busAddress: address });
    const daemon = new NotificationDaemon(dir, address, child, bus);
    bus.export(servicePath, daemon.#service);
    await bus.requestName(serviceName, 0);
    return daemon;
  }

  /** Every notification so far, oldest first, the closed ones too. */
  get shown(): readonly ShownNotification[] {
    return this.#service.shown;
  }

  /** Those still on the screen. */
  get open(): readonly ShownNotification[] {
    return this.#service.shown.filter((one) => !one.closed);
  }

  /** The first open notification that fits, as soon as there is one. */
  waitForNotification(fits: (one: ShownNotification) => boolean, withinMs = 10_000): Promise<ShownNotification> {
    return until(() => this.open.find(fits), {
      withinMs,
      what: `a notification (shown so far: ${JSON.stringify(this.shown.map((one) => [one.summary, one.closed]))})`,
    });
  }

  /** Until every notification is off the screen. */
  async waitForNone(withinMs = 10_000): Promise<void> {
    await until(() => this.open.length === 0, { withinMs, what: 'every notification to be closed' });
  }

  /**
   * Clicks an action by its key: '0' and '1' are the buttons in order, 'default' is the notification itself.
   * As on a desktop, the click also takes the notification off the screen.
   */
  click(notificationId: number, actionKey: string): void {
    const one = this.open.find((shown) => shown.id === notificationId);
    if (!one) throw new Error(`There is no open notification ${notificationId}`);
    if (!(actionKey in one.actions))
      throw new Error(`Notification "${one.summary}" has no action "${actionKey}": ${JSON.stringify(one.actions)}`);
    this.#service.ActionInvoked(notificationId, actionKey);
    this.#service.close(notificationId, 2);
  }

  /** Clicks the button with that label, e.g. 'Accept'. */
  clickButton(one: ShownNotification, label: string): void {
    const key = Object.keys(one.actions).find((action) => one.actions[action] === label);
    if (key === undefined) throw new Error(`No button "${label}" in ${JSON.stringify(one.actions)}`);
    this.click(one.id, key);
  }

  /** The user sweeps it away. */
  dismiss(notificationId: number): void {
    this.#service.close(notificationId, 2);
  }

  /** Ends the bus and removes its files. */
  async stop(): Promise<void> {
    this.#bus.disconnect();
    process.off('exit', this.#killAtExit);
    const child = this.#process;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill();
      await gone;
    }
    await rm(this.#dir, { recursive: true, force: true });
  }
}
