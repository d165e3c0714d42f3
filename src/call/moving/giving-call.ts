// The running call of this page goes over to another device of the person here (docs/protocol.md#moving): tells that device all about it, hands
// its first words to the other person, and leaves when it is told to.
import { fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import {
  type GivingEffect,
  type GivingEvent,
  type GivingState,
  handOverMs,
  type StayReason,
  startGiving,
  stepGiving,
  type ToldStay,
} from '../../core/call/hand-over.ts';
import { chatPieces, type HandOverWord, type OwnState, passWord } from '../../core/call/hand-over-word.ts';
import { moveProof } from '../../core/identity/call-security.ts';
import type { Conversation } from '../../core/transfer/chat.ts';
import type { OwnLink, OwnLinkEvents } from '../../link/members/own-link.ts';
import type { ChatSession } from '../chat/chat-session.ts';
import type { GroupSession } from '../group/group-session.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { OwnModel } from '../model/own-model.ts';
import { moveObstacle } from './move-outlook.ts';

export interface GivingParts {
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'sha256'>;
  readonly group: GroupSession;
  readonly model: GroupModel;
  readonly own: Pick<OwnModel, 'camera' | 'microphone'>;
  readonly isOnHold: () => boolean;
  readonly chat: Pick<ChatSession, 'conversation'>;
  /** The link to the device that asks. */
  readonly openLink: (events: OwnLinkEvents) => OwnLink;
  /** Takes the call back from that device. */
  readonly bringBack: () => void;
}

/** A note about a call that stayed is put away by itself. */
const keptShownMs = 12_000;

export class GivingCall {
  readonly #parts: GivingParts;
  readonly #link: OwnLink;
  readonly #sent = new Set<string>();
  readonly #ends: (() => void)[] = [];
  #topics: (() => void)[] = [];
  #state: GivingState = startGiving.state;
  #cancelWait: (() => void) | undefined;
  #why: StayReason = 'failed';

  private constructor(parts: GivingParts) {
    this.#parts = parts;
    this.#link = parts.openLink({
      onUp: () => this.#step({ event: 'link' }),
      onWord: (word) => this.#heard(word),
      onCut: () => this.#step({ event: 'cut' }),
    });
  }

  /** Another own device asks for the call. */
  static begin(parts: GivingParts): GivingCall {
    const giving = new GivingCall(parts);
    for (const effect of startGiving.effects) giving.#act(effect);
    return giving;
  }

  get isOver(): boolean {
    return this.#state.state === 'gone' || this.#state.state === 'kept';
  }

  #step(event: GivingEvent): void {
    const { state, effects } = stepGiving(this.#state, event);
    const isNew = state.state !== this.#state.state;
    this.#state = state;
    for (const effect of effects) this.#act(effect);
    if (isNew) this.#show();
  }

  #act(effect: GivingEffect): void {
    switch (effect.effect) {
      case 'tell-state':
        void this.#tellState();
        return;
      case 'leave':
        this.#parts.group.handOver();
        return;
      case 'say-done':
        this.#link.say({ t: 'done' });
        return;
      case 'say-stay':
        this.#stays(effect.why);
        return;
      case 'wait':
        this.#cancelWait?.();
        this.#cancelWait = this.#parts.clock.after(handOverMs[effect.timer], () => this.#step({ event: 'late' }));
        return;
      case 'close':
        this.#cancelWait?.();
        for (const end of [...this.#ends.splice(0), ...this.#topics.splice(0)]) end();
        this.#link.close();
    }
  }

  #stays(why: ToldStay): void {
    this.#why = why;
    this.#link.say({ t: 'stay', why });
  }

  #show(): void {
    const { handOver } = this.#parts.model;
    switch (this.#state.state) {
      case 'linking':
        return;
      case 'handing':
        handOver.value = { state: 'leaving', keep: () => this.#step({ event: 'keep' }) };
        return;
      case 'gone':
        handOver.value = { state: 'gone', bringBack: this.#parts.bringBack };
        return;
      case 'kept': {
        if (handOver.value?.state !== 'leaving') return;
        const dismiss = (): void => {
          if (handOver.value === kept) handOver.value = undefined;
        };
        const kept = { state: 'kept', why: this.#why, dismiss } as const;
        // Whoever has kept it knows.
        handOver.value = this.#why === 'kept' || this.#why === 'over' ? undefined : kept;
        this.#parts.clock.after(keptShownMs, dismiss);
      }
    }
  }

  #heard(word: HandOverWord): void {
    const { group } = this.#parts;
    switch (word.t) {
      case 'pass': {
        const body = fromBase64url(word.body);
        const to = this.#parts.model.participants.value[0]?.id;
        if (body && to !== undefined && this.#state.state === 'handing') group.people.pass(to, word.topic, body);
        return;
      }
      case 'listen':
        if (this.#state.state !== 'handing') return;
        for (const end of this.#topics) end();
        this.#topics = word.topics.map((topic) =>
          group.people.listen(topic, (body) => void this.#link.say(passWord(topic, body))),
        );
        return;
      case 'commit':
        this.#step({ event: 'commit' });
        return;
      case 'stay':
        this.#why = word.why;
        this.#step({ event: 'stay' });
        return;
      // What this device tells the other one.
      case 'state':
      case 'chat':
      case 'done':
        return;
    }
  }

  async #tellState(): Promise<void> {
    const { chat, group, model } = this.#parts;
    const state = await this.#stateNow();
    if (this.isOver) return;
    if (typeof state === 'string') {
      this.#step({ event: 'refuse', why: state });
      return;
    }
    this.#link.say(state);
    // What is written from now on, too.
    this.#ends.push(
      chat.conversation.subscribe((all) => this.#tellChat(all)),
      group.shown.value.phase.subscribe(({ phase }) => {
        if (phase === 'ended') this.#step({ event: 'refuse', why: 'over' });
      }),
      model.participants.subscribe((people) => {
        if (people.length > 1) this.#step({ event: 'refuse', why: 'several' });
      }),
    );
  }

  #tellChat(conversation: Conversation): void {
    const key = ({ id, author }: { readonly id: string; readonly author: string }) => `${author} ${id}`;
    const more = conversation.filter((one) => !this.#sent.has(key(one)));
    for (const piece of chatPieces(more)) this.#link.say(piece);
    for (const one of more) this.#sent.add(key(one));
  }

  /** @returns why it cannot go, or all about the call. */
  async #stateNow(): Promise<OwnState | ToldStay> {
    const { group, model, own, clock, sealer, isOnHold } = this.#parts;
    const [one] = model.participants.value;
    if (!one) return 'over';
    const obstacle = moveObstacle(model, isOnHold());
    if (obstacle) return obstacle;
    const seat = group.seatOf(one.id);
    const phase = one.model.phase.value;
    const entry = group.entries.roster.get(one.id)?.entry;
    const link = seat?.call.link;
    if (!seat || !entry || !link || phase.phase !== 'connected') return 'not-up';
    const proof = await moveProof(sealer, link.transcript);
    const { contact } = seat.call;
    return {
      t: 'state',
      call: link.callId,
      direction: one.model.isCallee.value ? 'incoming' : 'outgoing',
      lasts: Math.max(0, Math.round(clock.now() - phase.sinceMs)),
      person: {
        id: one.id,
        x: toBase64url(contact.x25519),
        name: contact.name,
        ek: toBase64url(entry.ek),
        relays: [...entry.relays],
        hides: contact.hideAddress === true,
        moves: { id: link.callId, h: toBase64url(proof) },
      },
      camera: own.camera.value === 'on' || own.camera.value === 'starting',
      microphone: own.microphone.value === 'on' || own.microphone.value === 'starting',
      hand: model.ownHandRaised.value,
      locked: model.isLocked.value,
    };
  }
}
