// People in a call of whom two find no way to each other: another forwards between them as long as that lasts, says so, and stops.
import { describe, expect, test } from 'vitest';
import { formatMeshMessage } from '../../src/core/group/mesh-message.ts';
import { streamOf } from '../support/doubles/fake-forwarding.ts';
import type { GroupPage } from '../support/groups/group-page.ts';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { GroupWorld } from '../support/groups/group-world.ts';
import type { PairEnd } from '../support/groups/pair-end.ts';

function pageOf({ page, name }: GroupPerson): GroupPage {
  if (!page) throw new Error(`${name} is in no call`);
  return page;
}

/** One's end of the call with another. */
function endOf(world: GroupWorld, one: GroupPerson, other: GroupPerson): PairEnd {
  const end = world.endsOf(pageOf(one)).find(({ contact }) => contact.id === other.id);
  if (!end) throw new Error(`${one.name} has no link to ${other.name}`);
  return end;
}

/** All in one call, brought in by the first. The pairs in `cut`, as places in `names`, find no way. */
async function call(names: readonly string[], cut: readonly (readonly [number, number])[]) {
  const world = new GroupWorld();
  const people = await world.people(...names);
  world.introduce(...people);
  const at = (place: number): GroupPerson => {
    const person = people[place];
    if (!person) throw new Error(`nobody at ${place}`);
    return person;
  };
  for (const [one, other] of cut) world.cut(at(one), at(other), true);
  at(0).call(at(1));
  await world.pass(1_000);
  for (const one of people.slice(2)) {
    await pageOf(at(0)).group.invitations.addPerson(one.id);
    await world.pass(2_000);
  }
  return { world, people, at };
}

async function three() {
  const { world, at } = await call(['Alice', 'Bob', 'Carol'], [[1, 2]]);
  return { world, alice: at(0), bob: at(1), carol: at(2) };
}

describe('two of three find no way to each other', () => {
  // README.md#protects-bridge
  test('the third forwards both, and all three are told', async () => {
    const { world, alice, bob, carol } = await three();
    await world.pass(10_000);
    const [a, b, c] = [alice, bob, carol].map(pageOf) as [GroupPage, GroupPage, GroupPage];
    expect(a.forwards).toEqual(['Bob to Carol', 'Carol to Bob']);
    expect([b.picture(carol), c.picture(bob)]).toEqual(['Carol', 'Bob']);
    expect([b.presence(carol), c.presence(bob)]).toEqual(['in', 'in']);
    expect([b, c].map((page) => page.participant(page === b ? carol : bob)?.bridgedBy.value)).toEqual([
      'Alice',
      'Alice',
    ]);
    expect(a.model.bridging.value.map((pair) => [...pair].sort())).toEqual([['Bob', 'Carol']]);
    expect([b.model.bridging.value, c.model.bridging.value]).toEqual([[], []]);
  });

  test('what was reached stays while the direct way is tried again and again', async () => {
    const { world, bob, carol } = await three();
    await world.pass(10_000);
    const seen: string[] = [];
    const look = () => seen.push(`${pageOf(bob).picture(carol)} ${pageOf(bob).presence(carol)}`);
    pageOf(bob).model.participants.subscribe(() => void look());
    for (let second = 0; second < 120; second++) {
      look();
      await world.pass(1_000);
    }
    expect(new Set(seen)).toEqual(new Set(['Carol in']));
  });

  test('a direct way appears: the picture is there all the time, and nobody forwards any more', async () => {
    const { world, alice, bob, carol } = await three();
    await world.pass(30_000);
    world.cut(bob, carol, false);
    for (let tenth = 0; tenth < 900; tenth++) {
      expect([pageOf(bob).picture(carol), pageOf(carol).picture(bob)]).toEqual(['Carol', 'Bob']);
      await world.pass(100);
    }
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).toBeUndefined();
    expect(pageOf(alice).forwards).toEqual([]);
    expect(pageOf(alice).model.bridging.value).toEqual([]);
  });

  test('a link that breaks in the middle of a call is bridged until it is back', async () => {
    const { world, at } = await call(['Alice', 'Bob', 'Carol'], []);
    const [alice, bob, carol] = [at(0), at(1), at(2)];
    const ends = world.ends.filter(({ page, contact }) => {
      return (page.person === bob && contact.id === carol.id) || (page.person === carol && contact.id === bob.id);
    });
    for (const end of ends) end.phase({ phase: 'reconnecting', sinceMs: world.clock.now() });
    await world.pass(5_000);
    expect(pageOf(alice).forwards).toEqual([]);
    await world.pass(2_000);
    expect(pageOf(alice).forwards).toEqual(['Bob to Carol', 'Carol to Bob']);
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).toBe('Alice');
    for (const end of ends) end.phase({ phase: 'connected', sinceMs: world.clock.now(), isBack: true });
    await world.pass(500);
    expect(pageOf(alice).forwards, 'until the direct picture is there').toEqual(['Bob to Carol', 'Carol to Bob']);
    await world.pass(1_500);
    expect(pageOf(alice).forwards).toEqual([]);
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).toBeUndefined();
  });

  test('devices that go on and off are told on', async () => {
    const { world, alice, bob, carol } = await three();
    await world.pass(10_000);
    const ofCarol = endOf(world, alice, carol);
    ofCarol.model.remoteCameraOn.value = false;
    ofCarol.model.remoteMicrophoneOn.value = false;
    ofCarol.model.remoteSpeaking.value = true;
    await world.pass(100);
    const seen = pageOf(bob).participant(carol)?.model;
    expect([seen?.remoteCameraOn.value, seen?.remoteMicrophoneOn.value]).toEqual([false, false]);
    expect(seen?.remoteSpeaking.value).toBe(true);
  });

  test('a screen that one of them shows is shown to the other, as long as it lasts', async () => {
    const { world, alice, bob, carol } = await three();
    await world.pass(10_000);
    const ofCarol = endOf(world, alice, carol);
    const seen = pageOf(bob).participant(carol)?.model;
    expect(seen?.remoteScreenOn.value).toBe(false);
    ofCarol.model.remoteScreen.value = streamOf('Carol’s screen');
    ofCarol.model.remoteScreenOn.value = true;
    await world.pass(100);
    const shown = () => seen?.remoteScreen.value?.getVideoTracks()[0]?.label;
    expect([seen?.remoteScreenOn.value, shown(), pageOf(bob).picture(carol)]).toEqual([
      true,
      'Carol’s screen',
      'Carol',
    ]);
    // The stream stays, for the next time.
    ofCarol.model.remoteScreenOn.value = false;
    await world.pass(100);
    expect([seen?.remoteScreenOn.value, shown(), pageOf(bob).picture(carol)]).toEqual([false, undefined, 'Carol']);
  });

  test('one of them leaves: nothing is left of it', async () => {
    const { world, alice, bob, carol } = await three();
    await world.pass(10_000);
    pageOf(carol).leave();
    await world.pass(1_000);
    expect(pageOf(alice).forwards).toEqual([]);
    expect(pageOf(bob).picture(carol)).toBeUndefined();
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).toBeUndefined();
    await world.pass(40_000);
    expect(pageOf(bob).names).toEqual(['Alice']);
  });

  test('whose emoji differed is not brought back by a detour', async () => {
    const { world, at } = await call(['Alice', 'Bob', 'Carol'], []);
    const [alice, bob, carol] = [at(0), at(1), at(2)];
    world.cut(bob, carol, true);
    for (const end of world.ends)
      if (end.page.person === bob && end.contact.id === carol.id) end.end('words-different');
      else if (end.page.person === carol && end.contact.id === bob.id) end.end('security-check-failed');
    await world.pass(60_000);
    expect(pageOf(alice).forwards).toEqual([]);
    expect(pageOf(bob).picture(carol)).toBeUndefined();
  });
});

describe('two of four find no way to each other', () => {
  test('one of the other two forwards; when that one leaves, the other takes over', async () => {
    const { world, people, at } = await call(['Alice', 'Bob', 'Carol', 'Dave'], [[1, 2]]);
    const [bob, carol] = [at(1), at(2)];
    await world.pass(10_000);
    const [helper, other] = [at(0), at(3)].sort((one, two) => (one.id < two.id ? -1 : 1)) as [GroupPerson, GroupPerson];
    expect(people.map((one) => pageOf(one).forwards.length)).toEqual(people.map((one) => (one === helper ? 2 : 0)));
    pageOf(helper).leave();
    await world.pass(2_000);
    expect(pageOf(other).forwards).toEqual(['Bob to Carol', 'Carol to Bob']);
    expect([pageOf(bob).picture(carol), pageOf(carol).picture(bob)]).toEqual(['Carol', 'Bob']);
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).toBe(other.name);
  });

  test('the word of somebody who is not the bridge is not believed', async () => {
    const { world, at } = await call(['Alice', 'Bob', 'Carol', 'Dave'], [[1, 2]]);
    const [bob, carol] = [at(1), at(2)];
    await world.pass(10_000);
    const liar = [at(0), at(3)].sort((one, two) => (one.id < two.id ? 1 : -1))[0] as GroupPerson;
    const toBob = endOf(world, liar, bob);
    const stream = toBob.media?.forward(carol.id, 'person', {
      video: { kind: 'video', label: 'Mallory' } as MediaStreamTrack,
    });
    if (stream === undefined) throw new Error('nothing was sent');
    const word = formatMeshMessage({
      t: 'forward',
      of: carol.id,
      stream,
      microphone: true,
      camera: true,
      speaking: true,
    });
    toBob.media?.made.get('mesh')?.send(word);
    await world.pass(500);
    expect(pageOf(bob).picture(carol)).toBe('Carol');
    expect(pageOf(bob).participant(carol)?.bridgedBy.value).not.toBe(liar.name);
  });
});
