// Alice and Bob in a lab: who know each other, call each other as people do, and look and listen at both ends.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { IceServer } from '../../../src/core/network/ice-server.ts';
import type { ExtensionBrowser } from '../drivers/extension-browser.ts';
import { clickButton, statusTexts, waitForStatus, waitForText } from '../drivers/page-actions.ts';
import { waitForColor, waitForTone } from '../journeys/media-checks.ts';
import { changeSettings } from '../journeys/stored-settings.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  contactsPage,
  ringingPage,
  untilConnected,
  untilListening,
} from '../journeys/two-people.ts';
import { aliceMedia, bobMedia } from '../samples/generated-media.ts';
import { connectionNumbers } from './connection-path.ts';
import type { Host } from './host.ts';
import { labRelays } from './internet.ts';
import { Lab } from './lab.ts';

/** The pages of a call. */
export interface CallPages {
  readonly alice: Page;
  readonly bob: Page;
}

/** A background may have to find out first that its relays no longer hear it. */
const ringingMs = 45_000;
/** Long enough for a call that cannot connect to say so. */
const givingUpMs = 30_000;

export class People {
  readonly alice: ExtensionBrowser;
  readonly bob: ExtensionBrowser;

  private constructor(alice: ExtensionBrowser, bob: ExtensionBrowser) {
    this.alice = alice;
    this.bob = bob;
  }

  /** Starts both browsers. @param profiles where `meet` has put what they begin with. */
  static async at(lab: Lab, hosts: { alice: Host; bob: Host }, profiles?: string): Promise<People> {
    const profileOf = (name: string) => (profiles === undefined ? {} : { profile: join(profiles, name) });
    const people = new People(
      ...(await Promise.all([
        lab.launch(hosts.alice, { name: 'Alice', media: aliceMedia, ...profileOf('Alice') }),
        lab.launch(hosts.bob, { name: 'Bob', media: bobMedia, ...profileOf('Bob') }),
      ])),
    );
    if (profiles !== undefined) await Promise.all([untilListening(people.alice), untilListening(people.bob)]);
    return people;
  }

  /** What both have in their settings from now on. */
  async use(...iceServers: readonly IceServer[]): Promise<void> {
    await Promise.all([this.alice, this.bob].map((person) => changeSettings(person, { iceServers })));
  }

  /** One calls, the other accepts in the window that opens, and both are told that they are connected. */
  async call(caller: 'alice' | 'bob' = 'alice'): Promise<CallPages> {
    const pages = await this.tryToCall(caller);
    await untilConnected(pages.alice, pages.bob);
    return pages;
  }

  /** One calls, the other accepts. @param kind without pictures the computer has less to do. */
  async tryToCall(caller: 'alice' | 'bob' = 'alice', kind: 'video' | 'audio' = 'video'): Promise<CallPages> {
    const pages = await this.ring(caller, kind);
    await clickButton(caller === 'alice' ? pages.bob : pages.alice, `Accept with ${kind}`);
    return pages;
  }

  /** One calls, and the window of the other opens. */
  async ring(caller: 'alice' | 'bob' = 'alice', kind: 'video' | 'audio' = 'video'): Promise<CallPages> {
    const [from, to] = caller === 'alice' ? [this.alice, this.bob] : [this.bob, this.alice];
    const calling = await callFromPopup(from, to.name, kind);
    const called = await ringingPage(to, ringingMs).catch(async (cause: unknown) => {
      const callee = await contactsPage(to);
      const listening = await statusTexts(callee);
      throw new Error(
        `${to.name} is not rung: the caller sees ${await statusTexts(calling)}, ${to.name} ${listening}`,
        {
          cause,
        },
      );
    });
    return caller === 'alice' ? { alice: calling, bob: called } : { alice: called, bob: calling };
  }

  /** Ends the call of these pages, if it still runs. */
  async endCall(): Promise<void> {
    await closeCallPages(this.alice, this.bob);
  }
}

/** Waits until each sees the other's moving picture and hears the other's voice. */
export async function untilBothSeeAndHear({ alice, bob }: CallPages, withinMs = 40_000): Promise<void> {
  try {
    await Promise.all([
      untilSeesAndHears(alice, 'Bob', bobMedia, withinMs),
      untilSeesAndHears(bob, 'Alice', aliceMedia, withinMs),
    ]);
  } catch (cause) {
    const told = await Promise.all([whatItSays('Alice', alice), whatItSays('Bob', bob)]);
    throw new Error(`They do not see and hear each other. ${told.join(' ')}`, { cause });
  }
}

async function untilSeesAndHears(page: Page, name: string, media: typeof aliceMedia, withinMs: number): Promise<void> {
  await waitForColor(page, name, media.colour, withinMs);
  await waitForTone(page, name, media.toneHz, withinMs);
}

/** What the page tells this person, and what its connections measure. */
async function whatItSays(name: string, page: Page): Promise<string> {
  const numbers = await connectionNumbers(page).catch((error: unknown) => [String(error)]);
  return `${name} is told ${JSON.stringify(await statusTexts(page))}; ${numbers.join('; ')}.`;
}

/** Waits until both are told how the call ended, in the status and in the sentence of the page. */
export async function untilBothAreTold(
  pages: CallPages,
  status: RegExp,
  sentence: RegExp,
  withinMs = givingUpMs,
): Promise<void> {
  await Promise.all(
    [pages.alice, pages.bob].map(async (page) => {
      await waitForStatus(page, status, withinMs);
      await waitForText(page, sentence);
    }),
  );
}

/** Lets Alice and Bob become contacts in a lab of their own, and keeps their profiles in `folder`. */
export async function meet(folder: string): Promise<void> {
  const lab = await Lab.start();
  try {
    const router = lab.internet.addRouter('both');
    const { alice, bob } = await People.at(lab, { alice: await lab.addHost(router), bob: await lab.addHost(router) });
    await becomeContacts(alice, bob, labRelays);
    await Promise.all([alice, bob].map((person) => person.stop()));
    await Promise.all([alice, bob].map((person) => cp(person.dir, join(folder, person.name), { recursive: true })));
  } finally {
    await lab.close();
  }
}
