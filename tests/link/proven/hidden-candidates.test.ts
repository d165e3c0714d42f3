// A link that keeps the own address hidden: of all candidates only relayed ones are told or tried.
// First the browser's classes, which the link needs as soon as it is read.
import '../../support/doubles/fake-connection.ts';

import { afterEach, describe, expect, test } from 'vitest';
import type { FakeConnection } from '../../support/doubles/fake-connection.ts';
import { fakeCandidate } from '../../support/doubles/fake-links.ts';
import { until } from '../../support/runner/condition.ts';
import {
  closeLinks,
  connectedLink,
  description,
  fingerprint,
  makeLink,
  settle,
  theirs,
} from '../../support/worlds/link-end.ts';

afterEach(closeLinks);

describe('an address that stays hidden', () => {
  const relayed = 'candidate:2 1 udp 33562623 198.51.100.1 50001 typ relay raddr 203.0.113.7 rport 50000';
  const hidden = 'candidate:2 1 udp 33562623 198.51.100.1 50001 typ relay raddr 0.0.0.0 rport 0';
  const gathered = [
    'candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host',
    'candidate:3 1 udp 1686052607 203.0.113.7 50000 typ srflx raddr 192.0.2.7 rport 50000',
    relayed,
  ];
  const gather = (connection: FakeConnection): void => {
    for (const candidate of gathered) connection.find(candidate);
  };

  // Seen to fail with the candidate told as it was found; the browser's own policy would still hold it back.
  test.each(['offer', 'answer'] as const)('as %s: of all candidates only the relay one is told', async (role) => {
    const { link, connection, heard, told } = await makeLink(role, 'relay');
    if (role === 'answer') link.takeDescription(theirs, fingerprint, []);
    await settle();
    gather(connection);
    await until(() => heard.includes('description'), { what: 'the description', everyMs: 1 });
    await until(() => told.includes(hidden), { what: 'the candidate', everyMs: 1 });
    expect(told.join()).not.toMatch(/192\.0\.2\.7|203\.0\.113\.7/);
  });

  // The control: nothing is held back from somebody who may know the address.
  test('is not hidden otherwise', async () => {
    const { connection, told } = await makeLink('offer');
    gather(connection);
    await until(() => told.includes(relayed), { what: 'the candidates', everyMs: 1 });
    expect(told).toEqual(expect.arrayContaining(gathered));
  });

  test('is not given away by a renegotiation over the data channel either', async () => {
    const { connection, heard, says } = await connectedLink('answer', 'relay');
    await until(() => heard.includes('description'), { what: 'the first description', everyMs: 1 });
    connection.ownSdp = `${theirs}a=${gathered[0]}\r\na=${relayed}\r\n`;
    await says(description('offer', theirs));
    gather(connection);
    const said = () => connection.channel.sent.join('\n');
    await until(() => said().includes('"t":"description"') && said().includes('198.51.100.1'), {
      what: 'the answer and its candidate',
      everyMs: 1,
    });
    expect(said()).toContain('198.51.100.1');
    expect(said()).not.toMatch(/192\.0\.2\.7|203\.0\.113\.7/);
  });

  test('does not ask in the own network for names that the other side made up', async () => {
    const { link, connection } = await makeLink('answer', 'relay');
    const name = { c: 'candidate:1 1 udp 2122260223 made-up.local 50000 typ host', m: '0', i: 0 };
    link.takeDescription(`${theirs}a=${name.c}\r\n`, fingerprint, [name, fakeCandidate(1)]);
    await until(() => connection.remoteCandidates.length > 0, { what: 'a candidate to be tried', everyMs: 1 });
    await settle();
    expect(connection.remoteCandidates).toEqual([fakeCandidate(1).c]);
    expect(connection.remoteDescriptions.map(({ sdp }) => sdp)).toEqual([theirs]);
  });
});
