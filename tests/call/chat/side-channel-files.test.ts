// Files and pictures beside the media: nothing is lost with a connection, and bytes never run away from their receiver.
import { describe, expect, it, test, vi } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { blockLength, formatFileFrame, formatFileWord } from '../../../src/core/transfer/file-message.ts';
import { until } from '../../support/runner/condition.ts';
import { bytesOf, Disk, join, prove, randomFile, Side, settle, twoSides } from '../../support/worlds/side-pair.ts';

describe('files', () => {
  it('that cannot be offered yet are said to be unsent, and offered once there is a way', async () => {
    const { a, b } = twoSides();
    const id = a.channels.sending.offer(randomFile('one.bin', 5), false);
    expect([a.stateOf(id), b.stateOf(id)]).toEqual(['unsent', 'unknown']);
    prove(a, b);
    await settle();
    expect([a.stateOf(id), b.stateOf(id)]).toEqual(['offered', 'offered']);
  });

  it('arrive whole, several at once and both ways, each accepted by itself', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    const files = [
      randomFile('one.bin', 12 * blockLength + 3, 1),
      randomFile('two.bin', 3 * blockLength, 2),
      randomFile('none.bin', 0),
    ];
    const ids = files.map((file) => a.channels.sending.offer(file, false));
    const back = b.channels.sending.offer(randomFile('back.bin', 2 * blockLength, 3), false);
    await settle();
    expect(ids.map((id) => b.stateOf(id))).toEqual(['offered', 'offered', 'offered']);
    for (const id of ids) b.channels.receiving.tell(id, { event: 'accept' });
    a.channels.receiving.tell(back, { event: 'accept' });
    await until(() => [...ids, back].every((id) => a.stateOf(id) === 'done' && b.stateOf(id) === 'done'), {
      what: 'all files to arrive',
      everyMs: 2,
    });
    for (const [index, id] of ids.entries())
      expect(Buffer.compare(await bytesOf(await b.channels.receiving.read(id)), await bytesOf(files[index]))).toBe(0);
    // They took turns: the short one did not wait for the long one.
    expect(b.story.indexOf('two.bin done')).toBeLessThan(b.story.indexOf('one.bin done'));
  });

  it('wait for a receiver that writes slowly: never more under way than the window', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    let release: () => void = () => undefined;
    const write = b.disk.write.bind(b.disk);
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    b.disk.write = async (...block) => {
      await slow;
      return write(...block);
    };
    let received = 0;
    pair.two.channels.get(20)?.addEventListener('message', (event) => {
      received += (event as MessageEvent<ArrayBuffer>).data.byteLength;
    });
    const id = a.channels.sending.offer(randomFile('big.bin', 20 * blockLength), false);
    await settle();
    b.channels.receiving.tell(id, { event: 'accept' });
    await until(() => received >= 8 * blockLength, { what: 'the window to be full', everyMs: 2 });
    await settle();
    expect(received).toBeLessThan(8.01 * blockLength);
    release();
    await until(() => b.stateOf(id) === 'done', { what: 'the file to arrive', everyMs: 2 });
  });

  it('go on over a new connection, from what was written down', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    const file = randomFile('long.bin', 30 * blockLength + 1);
    const id = a.channels.sending.offer(file, false);
    await settle();
    b.channels.receiving.tell(id, { event: 'accept' });
    await until(() => (b.views.get(id)?.done ?? 0) >= 4 * blockLength, { what: 'some of it to arrive', everyMs: 1 });
    pair.break();
    await settle();
    expect([a.stateOf(id), b.stateOf(id)]).toEqual(['waiting', 'waiting']);
    const next = join(a, b);
    let carried = 0;
    next.two.channels.get(20)?.addEventListener('message', (event) => {
      carried += (event as MessageEvent<ArrayBuffer>).data.byteLength;
    });
    prove(a, b);
    await until(() => a.stateOf(id) === 'done' && b.stateOf(id) === 'done', { what: 'the rest to arrive', everyMs: 2 });
    expect(carried).toBeLessThan(27.1 * blockLength);
    expect(Buffer.compare(await bytesOf(await b.channels.receiving.read(id)), await bytesOf(file))).toBe(0);
  });

  it('are asked for by a new page that finds a beginning, and go on when the sender shows the same file again', async () => {
    const file = randomFile('long.bin', 4 * blockLength + 9);
    const disk = new Disk();
    const facts = {
      id: toBase64url(new Uint8Array(16).fill(4)),
      name: 'long.bin',
      size: file.size,
      type: '',
      modified: 5,
    };
    const note = { participant: 'alice', facts, verified: false };
    await disk.open(note, true);
    for (const index of [0, 1])
      await disk.write(
        facts.id,
        index * blockLength,
        new Uint8Array(await file.slice(index * blockLength, (index + 1) * blockLength).arrayBuffer()),
      );
    disk.leftFiles = [{ ...note, written: 2 * blockLength }];
    const [a, b] = [new Side('bob'), new Side('alice', disk)];
    await a.offered.remember('bob', facts);
    join(a, b);
    prove(a, b);
    await until(() => a.stateOf(facts.id) === 'wanted', { what: 'the sender to be asked', everyMs: 1 });
    expect(a.channels.sending.continueWith(facts.id, randomFile('other.bin', 5))).toBe(false);
    expect(a.channels.sending.continueWith(facts.id, file)).toBe(true);
    await until(() => b.stateOf(facts.id) === 'done', { what: 'the rest to arrive', everyMs: 2 });
    expect(Buffer.compare(await bytesOf(await b.channels.receiving.read(facts.id)), await bytesOf(file))).toBe(0);
  });

  // Seen to fail with every request believed.
  it('that were never offered are not asked for in our voice (F4)', async () => {
    const { a, b, pair } = twoSides();
    const facts = { id: toBase64url(new Uint8Array(16).fill(5)), name: 'a.bin', size: 5_000, type: '', modified: 5 };
    await a.offered.remember('bob', facts);
    prove(a, b);
    const wanted = [
      { ...facts, name: 'secret-31.kdbx' },
      { ...facts, size: 6_000 },
      { ...facts, id: toBase64url(new Uint8Array(16).fill(6)) },
    ];
    for (const one of wanted) pair.two.channels.get(18)?.send(formatFileWord({ t: 'wanted', ...one, at: 10 }));
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(a.views.size).toBe(0);
    pair.two.channels.get(18)?.send(formatFileWord({ t: 'wanted', ...facts, at: 10 }));
    await until(() => a.stateOf(facts.id) === 'wanted', { what: 'what was offered', everyMs: 1 });
  });

  // Seen to fail without the budgets.
  it('about which somebody talks without end are not heard without end (F2)', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    const heard = vi.spyOn(b.channels.receiving, 'hear');
    const taken = vi.spyOn(b.channels.receiving, 'take');
    const id = toBase64url(new Uint8Array(16).fill(5));
    const arrives = (channel: number, data: string | ArrayBufferLike) =>
      pair.two.channels.get(channel)?.dispatchEvent(new MessageEvent('message', { data }));
    const frame = formatFileFrame({ id, offset: 0, bytes: new Uint8Array(1) }).slice().buffer;
    for (let i = 0; i < 3_000; i++) arrives(18, formatFileWord({ t: 'pause', id }));
    for (let i = 0; i < 9_000; i++) arrives(20, frame);
    expect([heard.mock.calls.length, taken.mock.calls.length]).toEqual([2_000, 8_000]);
  });

  it('that cannot be read any more, or not be written, end with a word to both', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    const gone = randomFile('gone.bin', 3 * blockLength);
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    const unreadable = a.channels.sending.offer(gone, false);
    const unwritable = a.channels.sending.offer(randomFile('full.bin', 3 * blockLength), false);
    await settle();
    b.channels.receiving.tell(unreadable, { event: 'accept' });
    await until(() => b.stateOf(unreadable) === 'source', { what: 'the end of the first', everyMs: 1 });
    b.disk.write = () => Promise.reject(new Error('disk'));
    b.channels.receiving.tell(unwritable, { event: 'accept' });
    await until(() => a.stateOf(unwritable) === 'storage', { what: 'the end of the second', everyMs: 1 });
    expect([a.stateOf(unreadable), b.stateOf(unwritable)]).toEqual(['source', 'storage']);
  });

  it('offered without end are declined by the 33rd, and names are made harmless', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    const ids = Array.from({ length: 40 }, () =>
      a.channels.sending.offer(randomFile('../../evil\u202Egnp.exe', 1), false),
    );
    await settle();
    await settle();
    expect(b.views.size).toBe(32);
    expect(ids.filter((id) => a.stateOf(id) === 'declined')).toHaveLength(8);
    expect(b.views.get(ids[0] ?? '')?.facts.name).toBe('evilgnp.exe');
  });
});

describe('pictures in the chat', () => {
  it('are shown without asking and never touch the disk; what is too large or no picture is asked for', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    b.disk.open = () => Promise.reject(new Error('the disk is not for pictures'));
    const picture = new File([new Uint8Array(300_000)], 'image.png', { type: 'image/png' });
    const shown = a.channels.sending.offer(picture, true);
    const large = a.channels.sending.offer(
      new File([new Uint8Array(9_000_000)], 'image.png', { type: 'image/png' }),
      true,
    );
    const script = a.channels.sending.offer(new File(['<svg/>'], 'image.svg', { type: 'image/svg+xml' }), true);
    await until(() => b.stateOf(shown) === 'done', { what: 'the picture', everyMs: 1 });
    expect((await b.channels.receiving.read(shown))?.type).toBe('image/png');
    expect([b.stateOf(large), b.stateOf(script)]).toEqual(['offered', 'offered']);
  });

  // Seen to fail with every small picture taken.
  // README.md#protects-chat
  test('of somebody who is no contact wait for a yes, and are shown after it (M10)', async () => {
    const { a, b } = twoSides();
    b.isContact = false;
    prove(a, b);
    const id = a.channels.sending.offer(new File([new Uint8Array(3_000)], 'image.png', { type: 'image/png' }), true);
    for (let turn = 0; turn < 5; turn++) await settle();
    expect(b.views.get(id)).toMatchObject({ state: 'offered', picture: true });
    b.channels.receiving.tell(id, { event: 'accept' });
    await until(() => b.stateOf(id) === 'done', { what: 'the picture', everyMs: 1 });
  });

  test('of one person take no more than 64 MB of memory in a call', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    const picture = new File([new Uint8Array(8_000_000)], 'image.png', { type: 'image/png' });
    const ids = Array.from({ length: 9 }, () => a.channels.sending.offer(picture, true));
    await until(() => ids.filter((id) => b.stateOf(id) === 'done').length === 8, {
      what: 'eight pictures',
      everyMs: 5,
    });
    expect(ids.map((id) => b.stateOf(id)).at(-1)).toBe('offered');
  });
});
