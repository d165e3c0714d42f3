// How the second window rings: it listens at its inbox and takes the invite of the first window itself, since no background rings for a trial.

import type { OwnPerson } from '../call/page/call-world.ts';
import { type Bytes, fromBase64url, toBase64url } from '../core/base/bytes.ts';
import type { Clock, RelayPool, Sealer } from '../core/base/ports.ts';
import type { TakenCall } from '../core/call/requests.ts';
import { takenCall } from '../core/call/taken-call.ts';
import type { Contact } from '../core/identity/contact.ts';
import { callTopics, inboxTopicsAround } from '../core/identity/topics.ts';
import { openSignal, sealSignal } from '../core/signaling/mail.ts';
import type { SignalOf } from '../core/signaling/signal.ts';

export interface RingingParts {
  readonly pool: Pick<RelayPool, 'onMessage' | 'setTopics' | 'publish'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly self: Pick<OwnPerson, 'dev' | 'signer' | 'opener'>;
  /** Of this window, 16 bytes. */
  readonly inboxSecret: Bytes;
  readonly caller: Contact;
  readonly onRing: (call: TakenCall) => void;
  /** The caller has given up, or is gone: nobody waits for an answer any more. */
  readonly onCancel: () => void;
}

/** Rings once, for the first invite. Whatever else comes is passed over. */
export async function ring(parts: RingingParts): Promise<void> {
  const { pool, sealer, clock, self, inboxSecret, caller, onRing, onCancel } = parts;
  let callId: string | undefined;
  pool.onMessage((topicHex, message) => {
    void openSignal({ sealer, opener: self.opener, ownEd25519: self.signer.publicKey, topicHex, message }).then(
      (opened) => {
        if (opened?.senderId !== caller.id) return;
        const { signal } = opened;
        if (signal.t === 'cancel' && signal.id === callId) onCancel();
        if (signal.t !== 'invite' || callId !== undefined || signal.exp < clock.now()) return;
        callId = signal.id;
        // The one counter that is used up is that of the word that it rings.
        onRing(takenCall(caller.id, signal, 2));
        clock.after(signal.exp - clock.now(), onCancel);
        void sayRinging(parts, signal);
      },
    );
  });
  pool.setTopics(new Set(await inboxTopicsAround(sealer, inboxSecret, self.signer.publicKey, clock.now())));
}

async function sayRinging({ pool, sealer, clock, self, caller }: RingingParts, invite: SignalOf<'invite'>) {
  const { b2a: topicHex } = await callTopics(sealer, fromBase64url(invite.st) ?? new Uint8Array(32));
  const message = await sealSignal({
    sealer,
    signer: self.signer,
    to: { ed25519: caller.ed25519, x25519: fromBase64url(invite.ek) ?? caller.x25519 },
    topicHex,
    signal: {
      t: 'ringing',
      nonce: toBase64url(sealer.randomBytes(16)),
      v: 1,
      id: invite.id,
      dev: toBase64url(self.dev),
      n: 1,
      ts: clock.now(),
    },
  });
  await pool.publish(topicHex, message, 20);
}
