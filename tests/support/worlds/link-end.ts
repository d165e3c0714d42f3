// One end of a link, the product's own, over a connection that lies: what it is told, what it says and what it lets through to the browser.
// First the browser's classes, which the link needs as soon as it is read.
import '../doubles/fake-connection.ts';

import { utf8 } from '../../../src/core/base/bytes.ts';
import type { LinkEvents } from '../../../src/link/proven/raw-link.ts';
import { SimplePeerLink } from '../../../src/link/proven/simple-peer-link.ts';
import { FakeConnection } from '../doubles/fake-connection.ts';
import { fakeDescription } from '../doubles/fake-links.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { until } from '../runner/condition.ts';
import { sealer } from '../samples/test-identity.ts';

export const certificate = utf8('the certificate that was signed');
export const otherCertificate = utf8('the certificate of somebody in the middle');
export const fingerprint = await sealer.sha256(certificate);
export const otherFingerprint = await sealer.sha256(otherCertificate);
export const theirs = fakeDescription(fingerprint);

/** A later description as it travels on the data channel. */
export function description(type: 'offer' | 'answer', sdp: string, r = 1): string {
  return JSON.stringify({ t: 'description', type, r, fresh: false, sdp, c: [] });
}

const links: SimplePeerLink[] = [];

/** After each test. */
export function closeLinks(): void {
  for (const link of links.splice(0)) link.close();
}

/** Everything that waits only for promises has run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export async function makeLink(role: 'offer' | 'answer', policy: RTCIceTransportPolicy = 'all') {
  const clock = new ManualClock(0);
  const heard: string[] = [];
  /** Every description and candidate that left. */
  const told: string[] = [];
  const note = (what: string) => () => void heard.push(what);
  const events: LinkEvents = {
    onDescription: (sdp, candidates) => {
      heard.push('description');
      told.push(sdp, ...candidates.map(({ c }) => c));
    },
    onMessage: (message) => {
      if (message.t === 'description') told.push(message.sdp);
      told.push(...message.c.map(({ c }) => c));
    },
    onConnected: note('connected'),
    onInterrupted: note('interrupted'),
    onFailed: note('failed'),
    onBroken: note('broken'),
    onHeard: note('heard'),
    onClosed: note('closed'),
    onForgery: note('forgery'),
    onControlOpen: note('control'),
    onTold: (message) => link.take(message),
    onControl: (message) => void heard.push(message.t),
    onWord: ({ t }) => void heard.push(t),
    onNegotiationNeeded: note('negotiation needed'),
  };
  const connection = new FakeConnection(fakeDescription(await sealer.sha256(utf8('own'))));
  connection.iceTransportPolicy = policy;
  const link: SimplePeerLink = new SimplePeerLink({
    connection: connection.asCallConnection,
    opening: { role, isPolite: role === 'answer' },
    sealer,
    clock,
    events,
  });
  links.push(link);
  await settle();
  return { link, connection, heard, told, clock };
}

/** Connected and proven, and what the other side says over the data channel. */
export async function connectedLink(role: 'offer' | 'answer', policy: RTCIceTransportPolicy = 'all', sdp = theirs) {
  const made = await makeLink(role, policy);
  const { link, connection, heard } = made;
  link.takeDescription(sdp, fingerprint, []);
  await settle();
  connection.certificates = [certificate];
  connection.become('connected');
  if (role === 'offer') connection.channel.open();
  else connection.receiveChannel();
  await until(() => heard.includes('connected'), { what: 'the link to be connected', everyMs: 1 });
  const says = async (text: string): Promise<void> => {
    connection.channel.receive(text);
    await settle();
  };
  return { ...made, says };
}
