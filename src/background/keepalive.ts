// Brings the background back after the browser has put it to sleep: an alarm every 30 s, the shortest period browsers allow. While
// the background runs, the relays' heartbeats keep it awake (docs/architecture.md).
import browser from 'webextension-polyfill';

const name = 'keepalive';

/** Calls back at each alarm. Call in the first tick. */
export function keepAlive(onAlarm: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) onAlarm();
  });
  void browser.alarms.get(name).then((alarm) => {
    if (!alarm) browser.alarms.create(name, { periodInMinutes: 0.5 });
  });
}
