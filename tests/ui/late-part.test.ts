// What the first screen does without is read once, when it is first shown or before, and a part that cannot be read leaves a sentence or nothing.
import '../support/drivers/page-window.ts';
import '../support/drivers/extension-texts.ts';

import { type ComponentType, h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LateChoices, latePart } from '../../src/ui/late-part.tsx';
import { text } from '../../src/ui/texts/text.ts';

type Name = { readonly name: string };

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement('div');
});
afterEach(() => render(null, root));

/** A part whose reading the test ends. */
function heldPart(choices?: LateChoices) {
  let reads = 0;
  let end: (isThere: boolean) => void = () => undefined;
  const part = latePart<Name>(() => {
    reads += 1;
    return new Promise<ComponentType<Name>>((resolve, reject) => {
      end = (isThere) => (isThere ? resolve(({ name }) => h('p', {}, `Hello ${name}`)) : reject(new Error('gone')));
    });
  }, choices);
  return {
    part,
    show: (name: string) => act(() => render(h(part.Part, { name }), root)),
    end: (isThere: boolean) => act(async () => end(isThere)),
    get reads() {
      return reads;
    },
  };
}

test('late part: its place is kept while it loads, then it stands there, and it is read once', async () => {
  const held = heldPart({ failed: 'roomPartFailed', placeClass: 'place' });
  await held.show('Alice');
  expect(root.querySelector('.place')?.getAttribute('aria-busy')).toBe('true');
  await held.end(true);
  expect(root.textContent).toBe('Hello Alice');
  await act(() => render(null, root));
  await held.show('Bob');
  expect(root.textContent).toBe('Hello Bob');
  expect(held.reads).toBe(1);
});

test('late part: whoever knows that it will be shown may load it before', async () => {
  const held = heldPart({ failed: 'roomPartFailed' });
  void held.part.load();
  void held.part.load();
  await held.end(true);
  await held.show('Alice');
  expect(root.innerHTML).toBe('<p>Hello Alice</p>');
  expect(held.reads).toBe(1);
});

test('late part: one that cannot be read says so, and is read again when it is shown again', async () => {
  const held = heldPart({ failed: 'roomPartFailed' });
  await held.show('Alice');
  await held.end(false);
  expect(root.querySelector('[role=alert]')?.textContent).toBe(text('roomPartFailed'));
  await act(() => render(null, root));
  await held.show('Alice');
  await held.end(true);
  expect(root.textContent).toBe('Hello Alice');
});

test('late part: a page that does without it shows nothing in its place', async () => {
  const held = heldPart();
  await held.show('Alice');
  expect(root.innerHTML).toBe('');
  await held.end(false);
  expect(root.innerHTML).toBe('');
});
