// Addresses as people type them.
import { describe, expect, it } from 'vitest';
import { isAcceptableRelayUrl } from '../../../src/core/network/relay-address.ts';
import { displayRelayUrl, parseRelayUrl } from '../../../src/platform/relay/relay-url.ts';

describe('parseRelayUrl', () => {
  it.each([
    ['relay.example.org', 'wss://relay.example.org/'],
    ['  WSS://Relay.Example.org/path?x=1#hash ', 'wss://relay.example.org/path?x=1'],
    ['relay.example.org:8443/ws', 'wss://relay.example.org:8443/ws'],
    ['wss://192.168.1.5/', 'wss://192.168.1.5/'],
    ['ws://127.0.0.1:8787', 'ws://127.0.0.1:8787/'],
    ['ws://localhost:8787', 'ws://localhost:8787/'],
    ['ws://[::1]:8787', 'ws://[::1]:8787/'],
  ])('reads %s as %s', (text, url) => {
    expect(parseRelayUrl(text)).toEqual({ url, canonical: url });
  });

  it('takes dialect and credentials out of the address that the WebSocket gets', () => {
    expect(parseRelayUrl('mqtt+wss://me:s%40fe@broker.example/mqtt')).toEqual({
      url: 'wss://broker.example/mqtt',
      dialect: 'mqtt',
      credentials: { user: 'me', password: 's@fe' },
      canonical: 'mqtt+wss://me:s%40fe@broker.example/mqtt',
    });
  });

  it.each([
    ['nostr', 'nostr'],
    ['mqtt', 'mqtt'],
    ['json', 'json-pubsub'],
    ['raw', 'broadcast'],
  ])('takes %s+ before the scheme as the dialect %s', (prefix, dialect) => {
    const canonical = `${prefix}+wss://relay.example/`;
    expect(parseRelayUrl(canonical)).toEqual({ url: 'wss://relay.example/', dialect, canonical });
    expect(parseRelayUrl(`${prefix.toUpperCase()}+WS://localhost`)).toMatchObject({ url: 'ws://localhost/', dialect });
    expect(isAcceptableRelayUrl(canonical), 'in a contact link').toBe(true);
  });

  it.each([
    ['https://relay.example.org', 'not-a-websocket'],
    ['xmpp+wss://relay.example.org', 'not-a-websocket'],
    ['ws://relay.example.org', 'insecure'],
    ['ws://192.168.1.5', 'insecure'],
    ['mqtt+ws://10.0.0.1', 'insecure'],
    ['ws://localhost.example.org', 'insecure'],
    ['ws://127.0.0.1.example.org', 'insecure'],
    ['', 'malformed'],
    ['two words', 'malformed'],
    ['wss://', 'malformed'],
    ['javascript:alert(1)', 'malformed'],
    [`wss://${'a'.repeat(3000)}`, 'malformed'],
  ])('refuses %s as %s', (text, refused) => {
    expect(parseRelayUrl(text)).toEqual({ refused });
  });
});

describe('displayRelayUrl', () => {
  it.each([
    ['wss://relay.example.org/', 'relay.example.org'],
    ['mqtt+wss://me:secret@broker.example:8084/mqtt', 'broker.example:8084/mqtt'],
    ['ws://127.0.0.1:8787/', 'ws://127.0.0.1:8787'],
    ['no address', 'no address'],
  ])('shows %s as %s', (text, shown) => {
    expect(displayRelayUrl(text)).toBe(shown);
  });
});
