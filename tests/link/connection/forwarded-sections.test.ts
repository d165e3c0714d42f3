import { beforeAll, describe, expect, it } from 'vitest';
import { ForwardedSections } from '../../../src/link/connection/forwarded-sections.ts';

let made = 0;

/** Streams of which only the id matters. */
class NamedStream {
  readonly id = `stream-${++made}`;
}

class FakeSender {
  track: MediaStreamTrack | null;

  constructor(track: MediaStreamTrack) {
    this.track = track;
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
  }
}

const track = (kind: 'audio' | 'video', label: string) => ({ kind, label }) as MediaStreamTrack;
const both = (label: string) => ({ audio: track('audio', label), video: track('video', label) });

function sections() {
  const senders: FakeSender[] = [];
  const forwarded = new ForwardedSections((_kind, _part, first) => {
    const sender = new FakeSender(first);
    senders.push(sender);
    return sender as unknown as RTCRtpSender;
  });
  const sent = () => senders.flatMap(({ track: one }) => (one ? `${one.label} ${one.kind}` : []));
  return { forwarded, senders, sent };
}

beforeAll(() => {
  Object.assign(globalThis, { MediaStream: NamedStream });
});

describe('sections for people who are forwarded', () => {
  it('are made once for each person, in one stream, and used again', () => {
    const { forwarded, senders, sent } = sections();
    const stream = forwarded.send('bob', 'person', both('Bob'));
    expect(sent()).toEqual(['Bob audio', 'Bob video']);
    forwarded.stop('bob', 'person');
    expect(sent()).toEqual([]);
    expect(forwarded.send('bob', 'person', both('Bob anew'))).toBe(stream);
    expect(sent()).toEqual(['Bob anew audio', 'Bob anew video']);
    expect(senders).toHaveLength(2);
  });

  it('never carry somebody else', () => {
    const { forwarded, senders } = sections();
    const stream = forwarded.send('bob', 'person', both('Bob'));
    forwarded.stop('bob', 'person');
    expect(forwarded.send('carol', 'person', both('Carol'))).not.toBe(stream);
    expect(senders.map((sender) => sender.track?.label)).toEqual([undefined, undefined, 'Carol', 'Carol']);
  });

  it('carry a screen in a stream of its own, which ends without the person', () => {
    const { forwarded, sent } = sections();
    const person = forwarded.send('bob', 'person', both('Bob'));
    expect(forwarded.send('bob', 'screen', { video: track('video', 'slides') })).not.toBe(person);
    expect(sent()).toEqual(['Bob audio', 'Bob video', 'slides video']);
    forwarded.stop('bob', 'screen');
    expect(sent()).toEqual(['Bob audio', 'Bob video']);
  });

  it('send the sound alone where there shall be no picture', () => {
    const { forwarded, sent } = sections();
    forwarded.send('bob', 'person', both('Bob'));
    forwarded.send('bob', 'person', { audio: track('audio', 'Bob') });
    expect(sent()).toEqual(['Bob audio']);
  });

  it('are not more than a description has room for: everybody is heard, the first three are seen', () => {
    const { forwarded, sent } = sections();
    for (const name of ['b', 'c', 'd', 'e', 'f', 'g']) forwarded.send(name, 'person', both(name));
    expect(sent().filter((one) => one.endsWith('audio'))).toHaveLength(6);
    expect(sent().filter((one) => one.endsWith('video'))).toEqual(['b video', 'c video', 'd video']);
  });
});
