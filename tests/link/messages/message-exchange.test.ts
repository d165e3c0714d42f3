// Messages that were left, in the next call of the two: told on the control channel, carried beside the files of the chat, each once, whatever is
// lost.
import { describe, expect, test } from 'vitest';
import { parseFileWord } from '../../../src/core/transfer/file-message.ts';
import { until } from '../../support/runner/condition.ts';
import { aliceId, call, comes, homes, id, now } from '../../support/worlds/message-homes.ts';
import { settle } from '../../support/worlds/side-pair.ts';

describe('a message that was left', () => {
  test('comes in the next call, whoever calls, is what was recorded, and is shown in no chat', async () => {
    const [alice, bob] = homes();
    await alice.leave(1, 3_000_000);
    await bob.leave(2, 5_000);
    const { a, b } = call(alice, bob);
    await comes(alice, 1, 'delivered');
    await comes(bob, 2, 'delivered');
    expect([bob.stateOf(1), alice.stateOf(2)]).toEqual(['arrived', 'arrived']);
    expect([await bob.opened(1), await alice.opened(2)]).toEqual([3_000_000, 5_000]);
    expect([a.chat, b.chat]).toEqual([[], []]);
    expect(alice.news.sort()).toEqual(['arrived', 'delivered']);
    // It lies with the other one only.
    expect([...alice.files.keys()]).toEqual([]);
    expect([...alice.faults, ...bob.faults]).toEqual([]);
  });

  test('goes on in the call after, from the last whole block', async () => {
    const [alice, bob] = homes();
    await alice.leave(1, 6_000_000);
    const { pair } = call(alice, bob);
    let written = 0;
    await until(
      async () => {
        written = (await bob.disk.read({ id: id(1), name: '', size: 0, type: '', modified: 0 })).size;
        return written > 1_048_576;
      },
      { what: 'a part to come', everyMs: 1 },
    );
    pair.break();
    await settle();
    expect(bob.stateOf(1)).toBe('announced');
    bob.files.set(id(1), await bob.disk.read({ id: id(1), name: '', size: 0, type: '', modified: 0 }));
    const again = call(alice, bob);
    let carried = 0;
    again.pair.two.channels.get(20)?.addEventListener('message', (event) => {
      carried += (event as MessageEvent<ArrayBuffer>).data.byteLength;
    });
    await comes(alice, 1, 'delivered');
    expect(carried).toBeLessThan(6_000_000 - written + 1_200_000);
    expect(await bob.opened(1)).toBe(6_000_000);
  });

  // Seen to fail without the word for what is here already.
  test('whose last word was lost is not sent again, and counts as delivered in the next call', async () => {
    const [alice, bob] = homes();
    await alice.leave(1);
    const { pair } = call(alice, bob);
    pair.swallow = (message) => typeof message === 'string' && parseFileWord(message)?.t === 'verdict';
    await comes(bob, 1, 'arrived');
    await settle();
    expect(alice.stateOf(1)).toBe('waiting');
    pair.break();
    const again = call(alice, bob);
    let carried = 0;
    again.pair.two.channels.get(20)?.addEventListener('message', () => {
      carried += 1;
    });
    await comes(alice, 1, 'delivered');
    expect(carried).toBe(0);
    expect(bob.news).toEqual(['arrived']);
  });

  test('that was taken back does not come, and is not waited for', async () => {
    const [alice, bob] = homes();
    const message = await alice.leave(1);
    await bob.messages.announced({ ...message, contactId: aliceId, direction: 'in', state: 'announced' }, now);
    await alice.messages.change(id(1), { event: 'deleted' }, now);
    call(alice, bob);
    await comes(bob, 1, 'over');
    expect(bob.messages.kept.get(id(1))?.key).toBe('');
  });

  test('that was deleted there is delivered, and does not come again', async () => {
    const [alice, bob] = homes();
    const message = await alice.leave(1);
    await bob.messages.announced({ ...message, contactId: aliceId, direction: 'in', state: 'announced' }, now);
    await bob.messages.change(id(1), { event: 'deleted' }, now);
    call(alice, bob);
    await comes(alice, 1, 'delivered');
    expect(bob.news).toEqual([]);
  });

  test('waits as long as there is no room for it', async () => {
    const [alice, bob] = homes();
    const old = await alice.leave(9, 100);
    bob.messages.kept.set(id(9), { ...old, contactId: aliceId, direction: 'in', state: 'arrived', size: 49_900_000 });
    alice.messages.kept.delete(id(9));
    await alice.leave(1);
    const { pair } = call(alice, bob);
    await comes(bob, 1, 'announced');
    await settle();
    expect(alice.stateOf(1)).toBe('waiting');
    pair.break();
    await bob.messages.change(id(9), { event: 'deleted' }, now);
    call(alice, bob);
    await comes(alice, 1, 'delivered');
  });
});
