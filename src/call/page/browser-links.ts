// The connections of an ordinary browser, for whichever page calls: loaded after the first screen.
import { findOut } from '../../connectivity/find-out.ts';
import { prepareMaterial } from '../../link/connection/call-material.ts';
import { SimplePeerLink } from '../../link/proven/simple-peer-link.ts';
import type { CallCarriers } from './call-world.ts';

export const browserLinks: Pick<CallCarriers, 'prepareMaterial' | 'openLink' | 'findOut'> = {
  prepareMaterial,
  openLink: (parts) => new SimplePeerLink(parts),
  findOut,
};
