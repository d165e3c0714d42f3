// The caller's conversation (docs/protocol.md#ringing): invites until a device rings, proves to be alive, takes the first accept, answers
// its offer.
import { type Bytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import { PublishError } from '../../core/base/ports.ts';
import type { Goodbye } from '../../core/call/call-machine.ts';
import { ringMs } from '../../core/call/ring-machine.ts';
import { commitment } from '../../core/identity/call-security.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import { callTopics } from '../../core/identity/topics.ts';
import type { SharedFindings } from '../../core/network/network-findings.ts';
import { type CandidatesMessage, usernameFragment } from '../../core/signaling/link-message.ts';
import { checkDescription, compactDescription, expandDescription } from '../../core/signaling/sdp-filter.ts';
import { candidatesThatFit, type Signal, type SignalBody, type SignalOf } from '../../core/signaling/signal.ts';
import { EarlyCandidates } from '../proven/early-candidates.ts';
import { SecuredLink } from '../proven/secured-link.ts';
import { type CallFlow, descriptionIn, type FlowParts, heardBye, ownKeys } from './call-flow.ts';
import { CallSignaling } from './call-signaling.ts';

/** Messages that make sense only now are not kept longer than this. */
const inviteTtlSec = 6;
/** An invite that no relay takes this many times in a row ends the call. */
const maxFailedInvites = 3;

export class CallerFlow implements CallFlow {
  readonly callId: string;
  readonly #parts: FlowParts;
  readonly #secret: Bytes;
  readonly #commitment: Bytes;
  readonly #signaling: CallSignaling;
  readonly #nonces = new Map<string, string>();
  #expiresAt = 0;
  #failedInvites = 0;
  readonly #earlyCandidates = new EarlyCandidates();
  #accepted: SignalOf<'accept'> | undefined;
  #answer: SignalBody | undefined;
  #link: SecuredLink | undefined;
  #over = false;

  /** Prepares a call; nothing is sent yet, the relays are only listened to. */
  static async prepare(parts: FlowParts): Promise<CallerFlow> {
    const id = parts.sealer.randomBytes(16);
    const secret = parts.sealer.randomBytes(32);
    const [topics, committed] = await Promise.all([
      callTopics(parts.sealer, secret),
      commitment(parts.sealer, parts.material.random, parts.material.fingerprint),
    ]);
    return new CallerFlow(parts, id, secret, committed, topics);
  }

  private constructor(
    parts: FlowParts,
    id: Bytes,
    secret: Bytes,
    committed: Bytes,
    topics: { a2b: string; b2a: string },
  ) {
    this.#parts = parts;
    this.callId = toBase64url(id);
    this.#secret = secret;
    this.#commitment = committed;
    this.#signaling = new CallSignaling({
      ...parts,
      callId: this.callId,
      firstN: 1,
      openers: [parts.material.opener],
      listenTopic: topics.b2a,
      sendTopic: topics.a2b,
      onSignal: (signal) => void this.#heard(signal),
      onUp: () => this.#link?.relayUp(),
      onClockSkew: parts.onClockSkew,
    });
  }

  sendInvite(media: CallMedia): void {
    const others = this.#parts.others?.() ?? 0;
    const { ownLink: link, moves } = this.#parts;
    const who = { media, link, ...(others > 0 ? { others } : {}), ...(moves ? { moves } : {}) };
    this.#ask({ t: 'invite', ...this.#beginning(), ...who });
  }

  /** In place of an invite: asks a member of a room for a link without media. Nobody is rung by it. */
  sendMeet(): void {
    this.#ask({ t: 'meet', ...this.#beginning(), x: toBase64url(this.#parts.identityOpener.publicKey) });
  }

  /** In place of an invite: asks another own device for a link without media, over which its call comes here. @param to which, base64url. */
  sendMove(to: string): void {
    this.#ask({ t: 'move', ...this.#beginning(), to });
  }

  /** What a link begins with, whatever it is for. */
  #beginning() {
    this.#expiresAt ||= this.#parts.clock.now() + ringMs;
    return {
      exp: this.#expiresAt,
      st: toBase64url(this.#secret),
      ek: toBase64url(this.#parts.material.opener.publicKey),
      cm: toBase64url(this.#commitment),
    };
  }

  #ask(question: SignalBody): void {
    this.#signaling.invite(question, inviteTtlSec).then(
      () => {
        this.#failedInvites = 0;
      },
      (error: unknown) => {
        this.#failedInvites += 1;
        const clock = error instanceof PublishError && error.code === 'clock-wrong';
        if (this.#failedInvites >= maxFailedInvites) this.#parts.dispatch({ event: 'relays-lost', clock });
      },
    );
  }

  sendAlive(): void {
    for (const nonce of this.#nonces.values()) void this.#tell({ t: 'alive', nonce }, this.#parts.contact.x25519);
  }

  sendCancel(why: 'cancelled' | 'no-answer'): void {
    void this.#tell({ t: 'cancel', why }, this.#parts.contact.x25519);
    void this.#signaling.sendToInboxes({ t: 'cancel', why }).catch(() => undefined);
  }

  sendTaken(how: 'answered' | 'declined'): void {
    const taken: SignalBody = { t: 'taken', winner: this.#accepted?.dev ?? this.#parts.dev, how };
    void this.#tell(taken, this.#parts.contact.x25519);
    void this.#signaling.sendToInboxes(taken).catch(() => undefined);
  }

  sendBye(why: Goodbye): void {
    if (why !== 'failed' && this.#link?.sayBye(why)) return;
    const key = this.#accepted && fromBase64url(this.#accepted.ek);
    // Whom another device goes on with hears of it there.
    if (key && why !== 'moved') void this.#tell({ t: 'bye', why }, key);
  }

  sendFindings(own: SharedFindings): boolean {
    const key = this.#accepted && fromBase64url(this.#accepted.ek);
    if (!key || !this.#signaling.isJoined) return false;
    void this.#tell({ t: 'findings', f: own }, key);
    return true;
  }

  leaveRelays(): void {
    this.#signaling.leave();
  }

  close(): void {
    this.#over = true;
    this.#link?.close();
    this.#parts.material.connection.close();
  }

  async #heard(signal: Signal): Promise<void> {
    switch (signal.t) {
      case 'ringing':
        return this.#ringsAt(signal);
      case 'shown':
        if (!this.#over) this.#parts.dispatch({ event: 'shown' });
        return;
      case 'accept':
        return this.#acceptedBy(signal);
      case 'candidates':
        this.#takeCandidates(signal.dev, { t: 'candidates', u: signal.u, c: signal.c });
        return;
      case 'description':
        if (signal.dev === this.#accepted?.dev) this.#link?.take(descriptionIn(signal));
        return;
      case 'decline':
        this.#parts.dispatch({ event: 'declined', ...(signal.why ? { why: signal.why } : {}) });
        return;
      case 'busy':
        this.#parts.dispatch({ event: 'busy' });
        return;
      case 'bye':
        if (signal.dev === this.#accepted?.dev) this.#parts.dispatch(heardBye(signal.why));
        return;
      case 'findings':
        if (signal.dev === this.#accepted?.dev) this.#parts.onFindings(signal.f);
        return;
      case 'invite':
      case 'meet':
      case 'where':
      case 'known':
      case 'here':
      case 'move':
      case 'alive':
      case 'answer':
      case 'taken':
      case 'cancel':
      case 'missed':
      case 'noted':
        // Words of a caller: not from the callee of this call.
        return;
    }
  }

  /** Every device that rings gets its own nonce back, which proves that we call now; first that, then what is shown here. */
  async #ringsAt({ dev, nonce }: SignalOf<'ringing'>): Promise<void> {
    if (this.#over) return;
    this.#nonces.set(dev, nonce);
    await this.#tell({ t: 'alive', nonce }, this.#parts.contact.x25519);
    this.#parts.dispatch({ event: 'ringing' });
  }

  /** Candidates of a device whose accept is still on its way wait for it (docs/hostile-cases.md#e21, #e22). */
  #takeCandidates(dev: string, message: CandidatesMessage): void {
    if (!this.#link) this.#earlyCandidates.keep(dev, message);
    else if (dev === this.#accepted?.dev) this.#link.take(message);
  }

  /** The first valid accept wins; the same device asking again did not get our answer; any other may have missed our `taken`. */
  async #acceptedBy(accept: SignalOf<'accept'>): Promise<void> {
    const ek = fromBase64url(accept.ek);
    const random = fromBase64url(accept.r);
    const checked = checkDescription(expandDescription(accept.sdp));
    if (!ek || !random) return;
    if (this.#over) {
      void this.#tell({ t: 'bye', why: 'hung-up' }, ek);
      return;
    }
    if (this.#accepted) {
      if (this.#accepted.dev !== accept.dev) void this.#tell({ t: 'bye', why: 'elsewhere' }, ek);
      else if (this.#answer) void this.#tell(this.#answer, ek);
      return;
    }
    this.#accepted = accept;
    const { contact, material, dispatch } = this.#parts;
    if ('refused' in checked) {
      dispatch({ event: 'security-failed', check: 'description' });
      return;
    }
    const own = ownKeys(this.#parts);
    const transcript = {
      id: fromBase64url(this.callId) ?? new Uint8Array(16),
      rA: material.random,
      rB: random,
      edA: own.ed,
      xA: own.x,
      edB: contact.ed25519,
      xB: contact.x25519,
      quantumKeyB: contact.quantumKey,
      ekA: material.opener.publicKey,
      ekB: ek,
      fpA: material.fingerprint,
      fpB: checked.fingerprint,
    };
    const link = new SecuredLink(this.#parts.openLink, 'answer', {
      ...this.#parts,
      onDescription: (sdp, candidates) => {
        const compact = compactDescription(sdp);
        const { first, rest } = candidatesThatFit(compact, candidates);
        this.#answer = { t: 'answer', r: toBase64url(material.random), sdp: compact, c: [...first] };
        const answered = this.#tell(this.#answer, ek);
        if (rest.length > 0) void this.#tell({ t: 'candidates', u: usernameFragment(sdp), c: [...rest] }, ek);
        // Only then what can wait: the other devices, the view, the emoji.
        void answered.then(() => {
          dispatch({ event: 'accepted' });
          return link.secure(transcript);
        });
      },
      relays: this.#signaling.wayTo(ek),
    });
    this.#link = link;
    link.takeDescription(checked.sdp, checked.fingerprint, accept.c);
    for (const message of this.#earlyCandidates.take(accept.dev)) link.take(message);
  }

  /** Resolves once it is on its way; whether a relay took it shows in what comes back. */
  async #tell(body: SignalBody, key: Bytes): Promise<void> {
    const { taken } = await this.#signaling.sendToCall(body, key);
    taken.catch(() => undefined);
  }
}
