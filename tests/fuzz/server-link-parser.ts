// The parser of server links (docs/protocol.md#server-link), which anybody may have made.
import { concat } from '../../src/core/base/bytes.ts';
import { cleanDisplayName } from '../../src/core/base/display-name.ts';
import { isAcceptableRelayUrl } from '../../src/core/network/relay-address.ts';
import { formatServerLink, parseServerLink } from '../../src/core/network/server-link.ts';
import { sealer } from '../support/samples/test-identity.ts';
import { type FuzzedParser, must, textOf } from './fuzzed-parser.ts';

export const serverLink: FuzzedParser = {
  name: 'server-link',
  dictionary: [
    'wss://',
    'turn:',
    'turns:',
    'stun:',
    'https://',
    '?transport=tcp',
    Uint8Array.of(4, 3),
    Uint8Array.of(6, 4),
  ],
  async seeds() {
    const iceServers = [{ urls: 'turn:a.example:3478', username: '1803000000:zoe', credential: 'secret' }];
    const link = {
      name: 'Zoë',
      relays: ['wss://a.example/mqtt'],
      iceServers,
      page: 'https://a.example/join/',
      endsAt: 1e12,
    };
    const text = await formatServerLink(link, sealer);
    // Without the checksum, which is made for each input.
    return [Uint8Array.from(Buffer.from(text.slice('ffc-server:1:'.length), 'base64url')).slice(0, -6)];
  },
  async check(input) {
    await parseServerLink(textOf(input), sealer);
    const body = input.slice(0, 1_200);
    const sum = (await sealer.sha256(body)).slice(0, 4);
    const bytes = Buffer.from(concat(body, Uint8Array.of(255, 4), sum));
    const read = await parseServerLink(`ffc-server:1:${bytes.toString('base64url')}`, sealer);
    if ('refused' in read) return;
    const { link } = read;
    must(link.relays.length <= 2 && link.relays.every(isAcceptableRelayUrl), 'relays out of bounds');
    must(
      link.iceServers.every(({ urls }) => /^(?:stun|turns?):[^\s@]+$/.test(urls)),
      'a server that is none',
    );
    must(cleanDisplayName(link.name) === link.name, 'a name that is not clean');
    const again = await parseServerLink(await formatServerLink(link, sealer), sealer);
    must(
      'link' in again && again.link.relays.join() === link.relays.join(),
      'reads something else when it is written again',
    );
  },
};
