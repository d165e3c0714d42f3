// The signing and opening halves of the own identity as core's ports.
import type { Opener, Signer } from '../../core/base/ports.ts';
import type { OwnIdentity } from './own-identity.ts';
import { WebCryptoOpener, WebCryptoSigner } from './web-crypto-sealer.ts';

export function ownPorts({ keys }: Pick<OwnIdentity, 'keys'>): { readonly signer: Signer; readonly opener: Opener } {
  return {
    signer: new WebCryptoSigner(keys.ed25519Private, keys.ed25519Public),
    opener: new WebCryptoOpener(keys.x25519Private, keys.x25519Public),
  };
}
