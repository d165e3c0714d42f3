// The signing and opening halves of the own identity as core's ports.
import type { Opener, Signer } from '../../core/base/ports.ts';
import type { LoadXWing } from './late-x-wing.ts';
import type { OwnIdentity } from './own-identity.ts';
import { quantumHalf } from './quantum-half.ts';
import { WebCryptoOpener, WebCryptoSealer, WebCryptoSigner } from './web-crypto-sealer.ts';

/** @param load where what contacts seal to us is opened: without it nothing that is sealed against quantum computers is. */
export function ownPorts(
  { keys }: Pick<OwnIdentity, 'keys'>,
  load?: LoadXWing,
): { readonly signer: Signer; readonly opener: Opener } {
  const { x25519Private, x25519Public: x25519 } = keys;
  const signer = new WebCryptoSigner(keys.ed25519Private, keys.ed25519Public);
  const quantum = load && quantumHalf({ sealer: new WebCryptoSealer(), signer, x25519, x25519Private, load });
  return { signer, opener: new WebCryptoOpener(x25519Private, x25519, quantum) };
}
