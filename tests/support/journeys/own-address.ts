// The address of this machine that WebRTC uses.
import { networkInterfaces } from 'node:os';

/** An IPv4 address of this machine; the loopback one only where there is no other. */
export const ownAddress = (): string =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1';
