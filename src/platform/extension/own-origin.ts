// The browser's side of origin-rule.ts: its rules, and the permission that they need.
import browser from 'webextension-polyfill';
import { type HeaderRule, hidesOwnOrigin, type OriginPorts } from './origin-rule.ts';

/** All hosts, because a person may choose any relay. A socket counts as the request that it begins as, http or https. */
const relayHosts = { origins: ['http://*/*', 'https://*/*'] };

interface RuleApi {
  getSessionRules(): Promise<readonly unknown[]>;
  updateSessionRules(change: {
    readonly removeRuleIds: readonly number[];
    readonly addRules: readonly HeaderRule[];
  }): Promise<void>;
}

/** Only Firefox's manifest has it. */
function ruleApi(): RuleApi {
  return (browser as unknown as { readonly declarativeNetRequest: RuleApi }).declarativeNetRequest;
}

const originPorts: OriginPorts = {
  get ownUrl() {
    return browser.runtime.getURL('');
  },
  sessionRules: () => ruleApi().getSessionRules(),
  replaceRule: (rule) => ruleApi().updateSessionRules({ removeRuleIds: [rule.id], addRules: [rule] }),
  hasSiteAccess: () => browser.permissions.contains(relayHosts),
};

/** Whether the permission is missing that hides the own Origin; never in Chrome, which needs none. */
export async function lacksSiteAccess(): Promise<boolean> {
  return originPorts.ownUrl.startsWith('moz-extension:') && !(await originPorts.hasSiteAccess());
}

/** Asks the person for it; to be called in a click. */
export async function askForSiteAccess(): Promise<void> {
  await browser.permissions.request(relayHosts);
}

/** Calls back whenever the permission was given or taken back. */
export function onSiteAccessChanged(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
  browser.permissions.onRemoved.addListener(listener);
}

/** Brings the rule there where it is needed and missing. @returns whether a connection that is made now tells nobody who asks. */
export function mayConnect(): Promise<boolean> {
  return hidesOwnOrigin(originPorts);
}
