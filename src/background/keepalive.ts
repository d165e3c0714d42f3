// Keeps the background awake while it listens, and brings it back after the browser has put it to sleep: by an alarm every 30 s, the
// shortest period browsers allow.
import browser from 'webextension-polyfill';

const name = 'keepalive';
/** Browsers put a background to sleep 30 s after the last sign of life. */
const signOfLifeMs = 20_000;

/** Asks the browser for something small now and then. Messages on WebSockets keep Chrome's worker awake, but not Firefox's page. */
export function stayAwake(): void {
  setInterval(() => void browser.runtime.getPlatformInfo(), signOfLifeMs);
}

/** Calls back at each alarm. Call in the first tick. */
export function keepAlive(onAlarm: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) onAlarm();
  });
  void browser.alarms.get(name).then((alarm) => {
    if (!alarm) browser.alarms.create(name, { periodInMinutes: 0.5 });
  });
}
