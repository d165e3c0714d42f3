// The connections of an ordinary browser, for whichever page calls: loaded after the first screen.
import { findOut } from '../../connectivity/find-out.ts';
import { CallConnection } from '../../link/connection/call-connection.ts';
import { prepareMaterial } from '../../link/connection/call-material.ts';
import { DataConnection } from '../../link/connection/data-connection.ts';
import { SimplePeerLink } from '../../link/proven/simple-peer-link.ts';
import type { CallCarriers } from './call-world.ts';

export const browserLinks: Pick<CallCarriers, 'prepareMaterial' | 'openLink' | 'findOut'> = {
  prepareMaterial: (sealer, ice, isSilent) => prepareMaterial(sealer, ice, isSilent ? DataConnection : CallConnection),
  openLink: (parts) => new SimplePeerLink(parts),
  findOut,
};
