// The callee's conversation (docs/protocol.md#ringing): after the person's yes it offers, checks the caller's answer against the invite's
// commitment, and only then connects. Nothing is sent before `accept`.
import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Goodbye } from '../../core/call/call-machine.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import { commitment } from '../../core/identity/call-security.ts';
import { callTopics } from '../../core/identity/topics.ts';
import type { SharedFindings } from '../../core/network/network-findings.ts';
import { type CandidatesMessage, usernameFragment } from '../../core/signaling/link-message.ts';
import { checkDescription, compactDescription, expandDescription } from '../../core/signaling/sdp-filter.ts';
import { candidatesThatFit, type Signal, type SignalBody, type SignalOf } from '../../core/signaling/signal.ts';
import { EarlyCandidates } from '../proven/early-candidates.ts';
import { SecuredLink } from '../proven/secured-link.ts';
import { type CallFlow, descriptionIn, type FlowParts, heardBye, ownKeys } from './call-flow.ts';
import { CallSignaling } from './call-signaling.ts';

/** An accept that brings no answer was lost: it goes out again. */
const repeatAcceptMs = 3_000;

/** What the flow needs of what it accepts. */
export type AcceptedCall = Pick<TakenCall, 'callId' | 'st' | 'ek' | 'cm' | 'nextN' | 'callerDev' | 'isQuantumSafe'>;

export class CalleeFlow implements CallFlow {
  readonly callId: string;
  readonly #parts: FlowParts;
  readonly #call: AcceptedCall;
  readonly #callerKey: Bytes;
  readonly #signaling: CallSignaling;
  #accept: SignalBody | undefined;
  #answered = false;
  #link: SecuredLink | undefined;
  readonly #earlyCandidates = new EarlyCandidates();
  #cancelRepeat: (() => void) | undefined;

  /** Prepares to accept: listens on the call's topic, sends nothing. */
  static async prepare(parts: FlowParts, call: AcceptedCall): Promise<CalleeFlow> {
    const topics = await callTopics(parts.sealer, fromBase64url(call.st) ?? new Uint8Array(32));
    parts.material.connection.prepareOffer();
    return new CalleeFlow(parts, call, topics);
  }

  private constructor(parts: FlowParts, call: AcceptedCall, topics: { a2b: string; b2a: string }) {
    this.#parts = parts;
    this.#call = call;
    this.callId = call.callId;
    this.#callerKey = fromBase64url(call.ek) ?? new Uint8Array(32);
    this.#signaling = new CallSignaling({
      ...parts,
      callId: call.callId,
      firstN: call.nextN,
      openers: [parts.material.opener, parts.identityOpener],
      listenTopic: topics.a2b,
      sendTopic: topics.b2a,
      onSignal: (signal) => void this.#heard(signal),
      onUp: () => this.#link?.relayUp(),
      onClockSkew: parts.onClockSkew,
    });
  }

  /**
   * The person said yes: addresses may be revealed to the caller from here on. Resolves once the accept is on its way to the relays:
   * whatever else there is to do waits for that.
   */
  accept(): Promise<void> {
    const { material } = this.#parts;
    let handedOver = (): void => undefined;
    const isHandedOver = new Promise<void>((resolve) => {
      handedOver = resolve;
    });
    this.#link = new SecuredLink(this.#parts.openLink, 'offer', {
      ...this.#parts,
      onDescription: (sdp, candidates) => {
        const compact = compactDescription(sdp);
        const { first, rest } = candidatesThatFit(compact, candidates);
        this.#accept = {
          t: 'accept',
          ek: toBase64url(material.opener.publicKey),
          r: toBase64url(material.random),
          sdp: compact,
          c: [...first],
        };
        void this.#sendAccept().then(handedOver);
        if (rest.length > 0) void this.#tell({ t: 'candidates', u: usernameFragment(sdp), c: [...rest] });
      },
      relays: this.#signaling.wayTo(this.#callerKey),
    });
    return isHandedOver;
  }

  /** The person said yes, but this page cannot answer: the caller's devices and our others stop ringing. */
  decline(): void {
    void this.#tell({ t: 'decline' });
  }

  sendBye(why: Goodbye): void {
    if (why !== 'failed' && this.#link?.sayBye(why)) return;
    // Whom another device goes on with hears of it there.
    if (why !== 'moved') void this.#tell({ t: 'bye', why });
  }

  sendFindings(own: SharedFindings): boolean {
    if (!this.#accept || !this.#signaling.isJoined) return false;
    void this.#tell({ t: 'findings', f: own });
    return true;
  }

  leaveRelays(): void {
    this.#signaling.leave();
  }

  close(): void {
    this.#cancelRepeat?.();
    this.#link?.close();
    this.#parts.material.connection.close();
  }

  // A callee has none of these to say.
  sendInvite(): void {}
  sendAlive(): void {}
  sendCancel(): void {}
  sendTaken(): void {}

  async #heard(signal: Signal): Promise<void> {
    if (signal.dev !== this.#call.callerDev) return;
    switch (signal.t) {
      case 'answer':
        return this.#answeredBy(signal);
      case 'candidates':
        this.#takeCandidates({ t: 'candidates', u: signal.u, c: signal.c });
        return;
      case 'description':
        if (this.#answered) this.#link?.take(descriptionIn(signal));
        return;
      case 'cancel':
        this.#parts.dispatch({ event: 'cancelled-by-caller' });
        return;
      case 'bye':
        this.#parts.dispatch(heardBye(signal.why));
        return;
      case 'findings':
        this.#parts.onFindings(signal.f);
        return;
      case 'invite':
      case 'meet':
      case 'where':
      case 'known':
      case 'here':
      case 'move':
      case 'ringing':
      case 'shown':
      case 'alive':
      case 'accept':
      case 'taken':
      case 'decline':
      case 'busy':
      case 'missed':
      case 'noted':
        return;
    }
  }

  /** Candidates that came before the answer wait for it (docs/hostile-cases.md#e21). */
  #takeCandidates(message: CandidatesMessage): void {
    if (this.#answered) this.#link?.take(message);
    else this.#earlyCandidates.keep(this.#call.callerDev, message);
  }

  async #answeredBy(answer: SignalOf<'answer'>): Promise<void> {
    const link = this.#link;
    const random = fromBase64url(answer.r);
    if (!link || !random || this.#answered) return;
    this.#answered = true;
    this.#cancelRepeat?.();
    const { sealer, material, contact, dispatch } = this.#parts;
    const checked = checkDescription(expandDescription(answer.sdp));
    const committed = fromBase64url(this.#call.cm);
    const opened = 'refused' in checked ? undefined : await commitment(sealer, random, checked.fingerprint);
    if ('refused' in checked || !committed || !opened || !equalBytes(opened, committed)) {
      dispatch({ event: 'security-failed', check: 'refused' in checked ? 'description' : 'commitment' });
      return;
    }
    link.takeDescription(checked.sdp, checked.fingerprint, answer.c);
    for (const message of this.#earlyCandidates.take(answer.dev)) link.take(message);
    const own = ownKeys(this.#parts);
    const quantumKeyB = this.#call.isQuantumSafe && (await this.#parts.identityOpener.quantum?.publicKey());
    await link.secure({
      id: fromBase64url(this.callId) ?? new Uint8Array(16),
      rA: random,
      rB: material.random,
      edA: contact.ed25519,
      xA: contact.x25519,
      edB: own.ed,
      xB: own.x,
      quantumKeyB,
      ekA: this.#callerKey,
      ekB: material.opener.publicKey,
      fpA: checked.fingerprint,
      fpB: material.fingerprint,
    });
  }

  async #sendAccept(): Promise<void> {
    if (!this.#accept || this.#answered) return;
    this.#cancelRepeat = this.#parts.clock.after(repeatAcceptMs, () => void this.#sendAccept());
    await this.#tell(this.#accept);
  }

  /** Resolves once it is on its way; whether a relay took it shows in what comes back. */
  async #tell(body: SignalBody): Promise<void> {
    const { taken } = await this.#signaling.sendToCall(body, this.#callerKey);
    taken.catch(() => undefined);
  }
}
