// A room between two people, in Chromium and Firefox: founded, invited to in a call, written in on both sides while they are apart, equal after
// the next call; a card is moved by keyboard and voted on.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kinds, pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, clickRole, fill, find, waitForText } from '../support/drivers/page-actions.ts';
import { connect } from '../support/journeys/two-people.ts';
import { Pair } from '../support/worlds/pair.ts';

const page = 'src/room/index.html';

async function say(room: Page, words: string): Promise<void> {
  await clickButton(room, 'Conversation');
  await fill(room, 'Write to the room', words);
  await clickButton(room, 'Send');
  await waitForText(room, new RegExp(words));
}

/** Where the card is, as the board says it to screen readers. */
const columnOf = (room: Page, card: string) =>
  room.evaluate(
    (title) =>
      [...document.querySelectorAll('.board-column')]
        .find((column) => column.textContent?.includes(title))
        ?.getAttribute('aria-label') ?? '',
    card,
  );

describe.each(pairsFor(['Chromium', 'Firefox']))('a room of %s and %s', (...kinds) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.meet(kinds as unknown as Kinds);
  });
  afterAll(() => pair?.close());

  test('is joined in a call, written in apart, and equal after the next call; a card is moved by keys and voted on', async () => {
    const { alice, bob } = pair;
    const a = await alice.page(`${page}#new`);
    await fill(a, 'Name of the room', 'Garden');
    await clickRole(a, 'checkbox', 'Bob');
    await clickButton(a, 'Create room');
    await find(a, 'heading', 'Garden');
    await say(a, 'from Alice before');

    const first = await connect(alice, bob);
    await clickButton(first.b, 'Join Garden', 30_000);
    const b = await bob.page(page);
    await clickRole(b, 'link', 'Open room Garden', 20_000);
    await waitForText(b, /from Alice before/, 20_000);
    await pair.hangUp();

    await say(b, 'from Bob apart');
    await clickButton(a, 'Wall');
    await fill(a, 'Title of a new card', 'Bench');
    await clickButton(a, 'Add card');
    await find(a, 'button', 'Move Bench');
    await a.bringToFront();
    await a.focus('.card-open');
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space'] as const) await a.keyboard.press(key);
    await waitForText(a, /Bench put down, 1 of 1 in Doing/);
    expect(await columnOf(a, 'Bench')).toBe('Column Doing, 1 card');
    await a.keyboard.press('Enter');
    await clickButton(a, 'Begin a vote on this card');
    await clickButton(a, 'Begin vote');
    await clickRole(a, 'radio', 'Yes');
    await clickButton(a, 'Vote');
    await waitForText(a, /1 of 2 members have voted/);
    await clickButton(a, 'Close');

    await connect(alice, bob);
    await waitForText(b, /One new vote/, 20_000);
    await clickButton(b, 'Wall');
    await find(b, 'button', 'Move Bench');
    expect(await columnOf(b, 'Bench')).toBe('Column Doing, 1 card');
    await clickButton(a, 'Conversation');
    await waitForText(a, /from Bob apart/, 20_000);
    await pair.hangUp();
  });
});
