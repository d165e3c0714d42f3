// What is said in the gallery's calls: what is hard to show, and what nobody should click without a thought.
import { signal } from '@preact/signals';
import type { ChatEntry, ShownFileState } from '../call/chat/chat-model.ts';
import type { CallScene } from './call-scene.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';

const message = (place: number, author: number, text: string, re?: string): ChatEntry => ({
  kind: 'message',
  id: `message-${place}`,
  author: author === 0 ? '' : idOf(author),
  at: galleryNow + place * 60_000,
  text,
  arrived: place !== 5,
  ...(re === undefined ? {} : { re }),
});

/** A conversation with what is hard to show: long words, Markdown, right to left, a reply, a file. */
export function talk({ chat }: CallScene): void {
  chat.isOpen.value = true;
  chat.isUp.value = true;
  chat.names.value = new Map([1, 2, 3].map((place) => [idOf(place), names[place] ?? '']));
  const facts = {
    id: 'file',
    name: 'Report of the third quarter, final (2).pdf',
    size: 48_000_000,
    type: 'application/pdf',
    modified: galleryNow,
  };
  const file: ShownFileState = {
    facts,
    participant: idOf(1),
    direction: 'in',
    picture: false,
    state: 'moving',
    done: 21_000_000,
    speed: 3_400_000,
    pictureUrl: undefined,
    notShown: undefined,
    saved: false,
  };
  chat.files.value = new Map([['file', signal(file)]]);
  chat.entries.value = [
    message(
      0,
      1,
      'Hello! Here is **what we need**:\n\n1. bread\n2. `milk`\n3. https://example.org/a/very/long/address/that/goes/on/and/on?with=a&query=string',
    ),
    message(1, 0, 'Thank you 👍', 'message-0'),
    message(2, 3, 'مرحبا، كيف الحال؟'),
    { kind: 'file', id: 'file', author: idOf(1), at: galleryNow + 200_000 },
    message(4, 1, `A word without an end: ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}`),
    message(5, 0, 'This has not arrived yet.'),
  ];
}

/** What nobody should click without a thought: links that say something else, files that may run, pictures that are too much. */
export function doubtfulTalk(scene: CallScene): void {
  talk(scene);
  const { chat } = scene;
  const file = (id: string, name: string, type: string, change: Partial<ShownFileState>): [string, ShownFileState] => [
    id,
    {
      facts: { id, name, size: 31_000, type, modified: galleryNow },
      participant: idOf(1),
      direction: 'in',
      picture: type.startsWith('image/'),
      state: 'done',
      done: 31_000,
      speed: 0,
      pictureUrl: undefined,
      notShown: undefined,
      saved: false,
      ...change,
    },
  ];
  const files = [
    file('run', 'Invoice 2026-11.pdf.exe', '', {}),
    file('offered', 'Holiday.lnk', '', { state: 'offered', done: 0 }),
    file('stranger', 'picture.png', 'image/png', { state: 'offered', done: 0 }),
    file('large', 'picture.png', 'image/png', { notShown: 'too-large' }),
    file('broken', 'picture.png', 'image/png', { notShown: 'unreadable' }),
    file('many', 'picture.png', 'image/png', { notShown: 'too-many' }),
  ];
  chat.files.value = new Map(files.map(([id, state]) => [id, signal(state)]));
  chat.entries.value = [
    message(0, 1, 'See [paypal.com](https://evil.example/login) or <https://раураl.com/>, and https://example.org/a'),
    ...files.map(([id], index) => ({ kind: 'file', id, author: idOf(1), at: galleryNow + index * 1_000 }) as const),
  ];
}
