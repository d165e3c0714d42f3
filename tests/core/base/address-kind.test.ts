// Which network an address belongs to: the borders of every range.
import { expect, test } from 'vitest';
import { addressKind } from '../../../src/core/base/address-kind.ts';

test.each([
  ['8.8.8.8', 'ipv4-public'],
  ['192.0.2.2', 'ipv4-public'],
  ['10.0.0.1', 'ipv4-private'],
  ['172.15.0.1', 'ipv4-public'],
  ['172.16.0.1', 'ipv4-private'],
  ['172.31.255.255', 'ipv4-private'],
  ['172.32.0.1', 'ipv4-public'],
  ['192.168.1.2', 'ipv4-private'],
  ['100.64.0.1', 'ipv4-private'],
  ['100.128.0.1', 'ipv4-public'],
  ['169.254.3.4', 'local'],
  ['127.0.0.1', 'local'],
  ['2001:db8::1', 'ipv6-global'],
  ['3fff::1', 'ipv6-global'],
  ['4000::1', 'local'],
  ['200:1234::1', 'yggdrasil'],
  ['0200::1', 'yggdrasil'],
  ['3ff:abcd::1', 'yggdrasil'],
  ['400::1', 'mycelium'],
  ['5ff::1', 'mycelium'],
  ['600::1', 'local'],
  ['fd00::2', 'local'],
  ['fe80::1', 'local'],
  ['::1', 'local'],
  ['8237820e-9e20-4b6c-883e-c68ad6294eee.local', 'name'],
  ['', 'name'],
])('%s is %s', (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});
