// The conversation on the screen: however long it is, a part of it is laid out, and a new message costs no more than itself.
import '../../support/drivers/page-window.ts';
import '../../support/drivers/extension-texts.ts';

import { h, options, render, type VNode } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ChatEntry, type ChatModel, emptyChatModel } from '../../../src/call/chat/chat-model.ts';
import { pagesFor, windowStart } from '../../../src/call/chat/chat-window.ts';

// A thousand icons take longer to be read than all of this to be tested.
vi.mock('lucide-preact', () => {
  const icon = () => null;
  return {
    Clock: icon,
    Reply: icon,
    Download: icon,
    File: icon,
    Image: icon,
    Pause: icon,
    Play: icon,
    TriangleAlert: icon,
    Upload: icon,
    X: icon,
  };
});

Object.assign(globalThis, {
  ResizeObserver: class {
    observe(): void {}
    disconnect(): void {}
  },
});
Object.assign(window.Element.prototype, { scrollTo: () => undefined, scrollIntoView: () => undefined });

let ChatList: typeof import('../../../src/call/chat/chat-list.tsx').ChatList;
beforeAll(async () => {
  ({ ChatList } = await import('../../../src/call/chat/chat-list.tsx'));
});

const said = (number: number, text = `Message ${number}`, author = 'bob'): ChatEntry => ({
  kind: 'message',
  id: `id-${number}`,
  author,
  at: number,
  text,
  arrived: true,
});
const many = (count: number, text?: string) => Array.from({ length: count }, (_, number) => said(number, text));

let model: ChatModel;
let place: HTMLElement;
const onReply = () => undefined;

beforeEach(() => {
  model = emptyChatModel();
  model.names.value = new Map([['bob', 'Bob']]);
  place = document.createElement('div');
  document.body.append(place);
});
afterEach(() => {
  render(null, place);
  place.remove();
});

const show = (entries: readonly ChatEntry[]) =>
  act(() => {
    model.entries.value = entries;
    render(h(ChatList, { model, onReply }), place);
  });
const texts = () => [...place.querySelectorAll('.chat-text')].map(({ textContent }) => textContent?.trim());
const button = (name: string) =>
  [...place.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(name));

describe('a long conversation (F1)', () => {
  test('shows its end, and more of it when it is asked for', async () => {
    await show(many(300));
    expect([texts().length, texts().at(-1)]).toEqual([100, 'Message 299']);
    await act(() => button('earlier')?.click());
    expect([texts().length, texts()[0]]).toEqual([200, 'Message 100']);
  });

  test('shows all of what is short', async () => {
    await show(many(30));
    expect(texts()).toHaveLength(30);
    expect(button('earlier')).toBeUndefined();
  });

  test('of the worst messages makes no more elements than a page can hold', async () => {
    await show(many(2_000, '*a* '.repeat(80) + 'x'.repeat(1_600)));
    expect(place.querySelectorAll('*').length).toBeLessThan(6_000);
  });

  // Seen to fail with entries made anew for every message: all of them were painted again.
  test('is not painted again for a new message', async () => {
    const entries = many(40);
    await show(entries);
    const painted: unknown[] = [];
    const hooks = options as { __r?: (vnode: VNode) => void };
    const { __r: before } = hooks;
    hooks.__r = (vnode) => {
      painted.push(typeof vnode.type === 'function' ? vnode.type.name : vnode.type);
      before?.(vnode);
    };
    await act(() => {
      model.entries.value = [...entries, said(40)];
    });
    hooks.__r = before ?? (() => undefined);
    expect(texts()).toHaveLength(41);
    expect(painted.filter((name) => name === 'Entry')).toHaveLength(1);
  });

  test('shows the message that a reply is about, however far back it is', async () => {
    await show([...many(250), { ...said(250), re: 'id-100' } as ChatEntry]);
    await act(() => place.querySelector<HTMLButtonElement>('.chat-quote')?.click());
    await vi.waitFor(() =>
      expect(document.getElementById('chat-bob-id-100')?.classList.contains('pointed-at')).toBe(true),
    );
  });
});

describe('two people who use one id (F3)', () => {
  test('are both shown', async () => {
    await show([said(1, 'mine', 'bob'), said(1, 'and mine', 'mallory')]);
    expect(texts()).toEqual(['mine', 'and mine']);
  });
});

describe('the part that is laid out', () => {
  test('has a hundred entries or thirty thousand signs on a page, and always all that was there before', () => {
    expect([windowStart([], 1), windowStart(many(50), 1), windowStart(many(250), 1)]).toEqual([0, 0, 150]);
    expect(windowStart(many(100, 'a'.repeat(1_500)), 1)).toBe(80);
    // Longer ones are text, and count as much as the longest that is not.
    expect(windowStart(many(100, 'a'.repeat(9_000)), 1)).toBe(85);
    for (const index of [0, 10, 99, 300, 1_999]) {
      const pages = pagesFor(many(2_000), index);
      expect(windowStart(many(2_000), pages)).toBeLessThanOrEqual(index);
    }
  });
});
