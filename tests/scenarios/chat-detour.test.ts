// The chat in a call in which two find no way to each other: others hand their words over, sealed, and every word comes once.
import { describe, expect, test, vi } from 'vitest';
import { fromBase64url, fromHex, fromUtf8 } from '../../src/core/base/bytes.ts';
import type { PairKey } from '../../src/core/base/ports.ts';
import { detourTopic, sealDetourWord } from '../../src/core/group/detour-word.ts';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { GroupWorld } from '../support/groups/group-world.ts';
import type { PairEnd } from '../support/groups/pair-end.ts';
import { type ChatPage, chatPage } from '../support/worlds/chat-page.ts';

// The extension's polyfill looks for the extension when it is loaded.
vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

interface Talker extends ChatPage {
  readonly person: GroupPerson;
}

class ChatWorld {
  readonly world: GroupWorld;
  /** Of each page, in the order in which they were opened. */
  readonly keys: PairKey[] = [];
  readonly #talkers = new Map<string, Talker>();

  constructor() {
    this.world = new GroupWorld(false, (person) => {
      const page = chatPage(this.world.clock);
      this.#talkers.set(person.name, { person, ...page });
      return page.chat;
    });
    const { sealer } = this.world;
    const make = sealer.generatePairKey.bind(sealer);
    vi.spyOn(sealer, 'generatePairKey').mockImplementation(async () => {
      const key = await make();
      this.keys.push(key);
      return key;
    });
  }

  /** All in one call, brought in by the first. The pairs in `cut` find no way. */
  async call(names: readonly string[], cut: readonly (readonly [string, string])[]): Promise<void> {
    const people = await this.world.people(...names);
    this.world.introduce(...people);
    const named = (name: string) => people.find((one) => one.name === name) as GroupPerson;
    for (const [one, other] of cut) this.world.cut(named(one), named(other), true);
    const [first, second, ...others] = people as [GroupPerson, GroupPerson];
    first.call(second);
    await this.world.pass(1_000);
    for (const one of others as readonly GroupPerson[]) {
      await first.page?.group.invitations.addPerson(one.id);
      await this.world.pass(2_000);
    }
  }

  of(name: string): Talker {
    const talker = this.#talkers.get(name);
    if (!talker) throw new Error(`${name} has no page`);
    return talker;
  }

  say(name: string, words: string): void {
    this.of(name).chat.say(words, undefined);
  }

  /** The conversation as this person sees it. */
  read(name: string): readonly string[] {
    const { model, person } = this.of(name);
    return model.entries.value.flatMap((entry) => {
      if (entry.kind !== 'message') return [];
      return [`${entry.author === '' ? person.name : model.names.value.get(entry.author)}: ${entry.text}`];
    });
  }

  /** Whether the last own words are known to have reached all others. */
  hasArrived(name: string): boolean {
    const entry = this.of(name).model.entries.value.findLast((one) => one.kind === 'message' && one.author === '');
    return entry?.kind === 'message' && entry.arrived;
  }

  /** Hears whatever is sent from now on over the channels of this name that there are. */
  listenTo(name: string, hear: (word: string) => void): void {
    for (const { media } of this.world.ends) {
      const channel = media?.made.get(name);
      const send = channel?.send.bind(channel);
      if (!channel || !send) continue;
      channel.send = ((word: string) => {
        hear(word);
        send(word);
      }) as RTCDataChannel['send'];
    }
  }

  /** The ends of the calls between these two. */
  between(one: string, other: string): PairEnd[] {
    const [a, b] = [this.of(one).person, this.of(other).person];
    return this.world.ends.filter(({ page, contact }) => {
      return (page.person === a && contact.id === b.id) || (page.person === b && contact.id === a.id);
    });
  }
}

const topicOf = (topicHex: string) => fromHex(topicHex) ?? new Uint8Array(32);

async function three(): Promise<ChatWorld> {
  const all = new ChatWorld();
  await all.call(['Alice', 'Bob', 'Carol'], [['Bob', 'Carol']]);
  return all;
}

describe('Bob and Carol find no way to each other', () => {
  test('what one says the other reads, once, and it counts as arrived', async () => {
    const all = await three();
    all.say('Bob', 'Can you read me?');
    await all.world.pass(500);
    expect(all.read('Carol')).toEqual(['Bob: Can you read me?']);
    expect(all.hasArrived('Bob')).toBe(true);
    all.say('Carol', 'Yes.');
    await all.world.pass(500);
    for (const name of ['Alice', 'Bob', 'Carol'])
      expect(all.read(name)).toEqual(['Bob: Can you read me?', 'Carol: Yes.']);
    expect(all.of('Bob').model.isUp.value).toBe(true);
  });

  test('a reaction is seen by everybody, once', async () => {
    const all = await three();
    all.of('Bob').person.page?.group.react('👏');
    await all.world.pass(500);
    const bob = all.of('Bob').person.id;
    for (const name of ['Alice', 'Carol']) {
      const shown = all.of(name).person.page?.model.reactions.value ?? [];
      expect(shown.map(({ from, emoji }) => [from, emoji])).toEqual([[bob, '👏']]);
    }
    expect(all.read('Carol')).toEqual([]);
  });

  test('the longest text there may be arrives, whatever it is written in', async () => {
    const all = await three();
    const long = '漢'.repeat(10_000);
    all.say('Bob', long);
    await all.world.pass(500);
    expect(all.read('Carol')).toEqual([`Bob: ${long}`]);
  });

  // README.md#leaves-bridge
  test('whoever hands it over gets it sealed', async () => {
    const all = await three();
    const handed: string[] = [];
    all.listenTo('mesh', (word) => handed.push(word));
    all.say('Bob', 'between you and me');
    await all.world.pass(500);
    expect(all.read('Carol')).toEqual(['Bob: between you and me']);
    const passed = handed.flatMap((word) => (JSON.parse(word).t === 'pass' ? [JSON.parse(word).body as string] : []));
    expect(passed.length).toBeGreaterThan(0);
    for (const body of passed)
      expect(fromUtf8(fromBase64url(body) ?? new Uint8Array()) ?? '').not.toContain('between you');
  });

  test('a direct way appears: nothing is lost and nothing comes twice', async () => {
    const all = await three();
    all.say('Bob', 'one');
    await all.world.pass(500);
    all.world.cut(all.of('Bob').person, all.of('Carol').person, false);
    for (let i = 0; i < 90; i++) {
      all.say('Bob', `word ${i}`);
      await all.world.pass(1_000);
    }
    expect(all.read('Carol')).toEqual(['Bob: one', ...Array.from({ length: 90 }, (_, i) => `Bob: word ${i}`)]);
    expect(all.hasArrived('Bob')).toBe(true);
  });

  test('Alice, who stands between them, goes: the words wait, and are not lost when somebody else comes between', async () => {
    const all = new ChatWorld();
    await all.call(['Alice', 'Bob', 'Carol', 'Dave'], [['Bob', 'Carol']]);
    all.of('Alice').person.crash();
    all.say('Bob', 'still there?');
    await all.world.pass(5_000);
    expect(all.read('Carol')).toEqual(['Bob: still there?']);
    expect(all.read('Dave')).toEqual(['Bob: still there?']);
    expect(all.hasArrived('Bob')).toBe(true);
  });

  test('a word is read of nobody but the page it is left for, whoever hands it over', async () => {
    const all = await three();
    const { sealer } = all.world;
    const [alice, bob, carol] = ['Alice', 'Bob', 'Carol'].map((name) => all.of(name).person) as [
      GroupPerson,
      GroupPerson,
      GroupPerson,
    ];
    const [aliceKey, bobKey, carolKey] = all.keys as [PairKey, PairKey, PairKey];
    const end = (person: GroupPerson, key: PairKey) => ({ ed25519: person.identity.ed25519, ek: key.publicKey });
    const word = (text: string) => JSON.stringify({ t: 'say', id: 'AAAAAAAAAAAAAAAA', n: 1, text });
    const leave = async (key: PairKey, from: PairKey, of: GroupPerson, text: string) => {
      const topicHex = await detourTopic(sealer, end(of, from), end(carol, carolKey));
      const sealed = await sealDetourWord(key, carolKey.publicKey, topicOf(topicHex), 1, word(text));
      if (sealed) alice.page?.group.people.pass(carol.id, topicHex, sealed);
      await all.world.pass(500);
    };
    const stranger = await sealer.generatePairKey();
    await leave(stranger, stranger, bob, 'from a page of mine');
    await leave(stranger, bobKey, bob, 'in Bob’s place');
    await leave(aliceKey, bobKey, bob, 'in Bob’s place too');
    expect(all.read('Carol')).toEqual([]);
    // Alice's own word shows that the way was right.
    await leave(aliceKey, aliceKey, alice, 'psst');
    expect(all.read('Carol')).toEqual(['Alice: psst']);
  });

  // docs/hostile-cases.md#e78
  test('whoever hands over repeats a word and a reaction: they come once, and in a later call not at all (P17, M3)', async () => {
    const all = await three();
    const { world } = all;
    const passed: { to: string; topic: string; body: string }[] = [];
    all.listenTo('mesh', (text) => {
      const word = JSON.parse(text);
      if (word.t === 'pass') passed.push(word);
    });
    const repeat = async () => {
      for (const { to, topic, body } of passed.slice())
        for (const { page } of [all.of('Alice').person])
          page?.group.people.pass(to, topic, fromBase64url(body) as never);
      await world.pass(500);
    };
    all.say('Bob', 'Yes, pay it today.');
    all.of('Bob').person.page?.group.react('👏');
    await world.pass(500);
    const carol = all.of('Carol').person;
    expect(carol.page?.model.reactions.value).toHaveLength(1);
    await repeat();
    expect(carol.page?.model.reactions.value).toHaveLength(1);
    expect(all.read('Carol')).toEqual(['Bob: Yes, pay it today.']);

    const people = ['Alice', 'Bob', 'Carol'].map((name) => all.of(name).person) as [
      GroupPerson,
      GroupPerson,
      GroupPerson,
    ];
    for (const { page } of people) page?.leave();
    await world.pass(86_400_000);
    const again = people[0].call(people[1]);
    await world.pass(1_000);
    await again.group.invitations.addPerson(people[2].id);
    await world.pass(10_000);
    expect(people[0].page?.names).toEqual(['Bob', 'Carol']);
    await repeat();
    expect(all.read('Carol')).toEqual([]);
    expect(people[2].page?.model.reactions.value).toEqual([]);
    all.say('Bob', 'Good morning.');
    await world.pass(500);
    expect(all.read('Carol')).toEqual(['Bob: Good morning.']);
  });
});

test('a link that is silent in mid-call: words go round it, once', async () => {
  const all = new ChatWorld();
  await all.call(['Alice', 'Bob', 'Carol'], []);
  const ends = all.between('Bob', 'Carol');
  const channels = ends.flatMap(({ media }) => media?.made.get('chat') ?? []);
  expect(channels).toHaveLength(2);
  for (const channel of channels) channel.send = () => undefined;
  for (const end of ends) end.phase({ phase: 'reconnecting', sinceMs: all.world.clock.now() });
  all.say('Bob', 'round the corner');
  await all.world.pass(500);
  expect(all.read('Carol')).toEqual(['Bob: round the corner']);
  for (const channel of channels) Reflect.deleteProperty(channel, 'send');
  for (const end of ends) end.phase({ phase: 'connected', sinceMs: all.world.clock.now(), isBack: true });
  await all.world.pass(5_000);
  all.say('Carol', 'here again');
  await all.world.pass(500);
  for (const name of ['Alice', 'Bob', 'Carol'])
    expect(all.read(name)).toEqual(['Bob: round the corner', 'Carol: here again']);
});

test('whoever leaves is waited for no longer than the tries to reach them last', async () => {
  const all = await three();
  all.of('Carol').person.page?.leave();
  await all.world.pass(2_000);
  all.say('Bob', 'she is gone');
  await all.world.pass(30_000);
  expect(all.read('Alice')).toEqual(['Bob: she is gone']);
  expect(all.hasArrived('Bob')).toBe(true);
});
