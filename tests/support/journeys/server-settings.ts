// The Network part of the settings, as a person fills it in and reads it.
import type { Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { clickButton, clickRole, fill, find, unfold, waitForText } from '../drivers/page-actions.ts';
import { until } from '../runner/condition.ts';
import { settingsPage } from './journeys.ts';

export interface ServerToAdd {
  /** A whole address: it chooses kind and way itself. */
  readonly address: string;
  readonly user?: string;
  readonly password?: string;
  readonly secret?: string;
}

/** Fills in the form of a server; nothing is added yet. */
export async function fillServer(page: Page, { address, user, password, secret }: ServerToAdd): Promise<void> {
  await unfold(page, /^Add a server$/);
  await fill(page, 'Server address', address);
  if (secret !== undefined) {
    await clickRole(page, 'radio', 'Shared secret');
    await fill(page, 'Shared secret', secret);
    if (user !== undefined) await fill(page, 'User name (optional)', user);
    return;
  }
  // What was typed and not added is kept: the choice may stand at the secret.
  if (password !== undefined) await clickRole(page, 'radio', 'Password');
  if (user !== undefined) await fill(page, 'User name', user);
  if (password !== undefined) await fill(page, 'Password', password);
}

export async function addServer(page: Page, server: ServerToAdd): Promise<void> {
  await fillServer(page, server);
  await clickButton(page, 'Add server');
  await waitForText(page, / added\./);
}

/** Removes one; afterwards the page stands still, with the focus below the list. */
export async function removeServer(page: Page, name: string): Promise<void> {
  await clickButton(page, `Remove ${name}`);
  await until(() => page.evaluate(() => document.activeElement?.tagName === 'SUMMARY'), {
    what: `the focus to leave the row of ${name}`,
  });
}

/** Adds servers in a page of their own. */
export async function useServers(profile: DrivenBrowser, ...servers: readonly ServerToAdd[]): Promise<void> {
  const page = await settingsPage(profile, 'network');
  for (const server of servers) await addServer(page, server);
  await page.close();
}

/** What is said under a server of the list, once its test is over. */
export async function testedAs(page: Page, name: string): Promise<string> {
  await clickButton(page, `Test ${name}`);
  return outcomeOf(page, name);
}

/** The outcome that stands under a server of the list, as soon as there is one. */
async function outcomeOf(page: Page, name: string): Promise<string> {
  const list = await find(page, 'list', 'Servers');
  return until(
    () =>
      list.evaluate((element, wanted) => {
        const row = [...element.querySelectorAll('li')].find(
          (one) => one.querySelector('strong')?.textContent === wanted,
        );
        return row?.querySelector('.good, .problem')?.textContent;
      }, name),
    { what: `the outcome of the test of ${name}`, withinMs: 15_000 },
  );
}
