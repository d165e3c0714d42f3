// One visit of a guest: from the name to the call and its end. Asks anew before a knock expires, for as long as the page is open, so that it
// does not matter who comes first. Knows no browser; how one knock is made is given to it.
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { CallPhase } from '../call/model/person-model.ts';
import type { Clock } from '../core/base/ports.ts';
import type { EndReason } from '../core/call/end-reason.ts';
import type { CallMedia } from '../core/identity/contact.ts';
import { doorAt } from '../core/identity/guest-door.ts';
import type { VisitActions, VisitModel } from './model/visit-model.ts';

/** One time of asking: a call to the host, as far as a visit needs to know it. */
export interface Knock {
  /** Of whoever the page would show. */
  readonly phase: ReadonlySignal<CallPhase>;
  readonly relaysUp: ReadonlySignal<boolean>;
  start(media: CallMedia): void;
  /** Takes it back, if nobody has let us in. */
  end(): void;
}

export interface VisitParts {
  readonly model: VisitModel;
  readonly clock: Clock;
  /** The address of the page with the invitation. */
  readonly address: string;
  /** Opens camera and microphone, and nothing else. */
  readonly openDevices: (media: CallMedia) => void;
  /** Of devices that are open: the camera has not been switched off. */
  readonly hasCamera: () => boolean;
  /** Makes a knock; nothing is sent before it is started. */
  readonly knock: () => Promise<Knock>;
  /** The visit is over, or begins again: nothing of the call before it is shown any longer. */
  readonly onShown: (knock: Knock | undefined) => void;
  /** Nothing needs the devices any longer. */
  readonly onLeft: () => void;
  readonly fault: (what: string, error: unknown) => void;
}

/** Well before the other side takes a knock off the screen, at 60 s. */
const renewMs = 50_000;
/** The former knock ends when the new one is there, so that nobody sees the guest go and come. */
const overlapMs = 4_000;
/** Somebody has said yes to it. */
const isLetIn = ({ phase }: CallPhase): boolean => phase === 'connecting' || phase === 'connected';
/** Whoever knew of us a moment ago still does while a new knock is on its way. */
const stillToldMs = 20_000;

/** Nobody answered within a minute, which says nothing here: they may come later. */
const isUnheard: ReadonlySet<EndReason> = new Set(['no-answer', 'unreachable']);

export class Visit implements VisitActions {
  readonly #parts: VisitParts;
  #knock: Knock | undefined;
  #unwatch: (() => void) | undefined;
  /** Ends the knock before this one, which is still out for a moment. */
  #endFormer: (() => void) | undefined;
  #cancelRenewal: (() => void) | undefined;
  #cancelClosing: (() => void) | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #refusals = 0;

  constructor(parts: VisitParts) {
    this.#parts = parts;
  }

  /** The door as the link says it: open, or later, or no more. */
  begin(): void {
    const { model, clock } = this.#parts;
    const { opensAt = 0 } = model.invitation.value;
    const door = doorAt(model.invitation.value, clock.now());
    model.phase.value = { at: door === 'open' ? 'join' : door };
    if (door === 'early') this.#at(opensAt, () => this.begin());
    if (door === 'open') this.#watchClosing();
  }

  makeReady(): void {
    const { model, openDevices } = this.#parts;
    model.isReady.value = true;
    openDevices(model.media.value);
  }

  ask(): void {
    const { model, clock, hasCamera } = this.#parts;
    if (model.phase.value.at !== 'join') return;
    if (doorAt(model.invitation.value, clock.now()) === 'closed') {
      this.#close();
      return;
    }
    this.#toldAt = Number.NEGATIVE_INFINITY;
    model.phase.value = { at: 'asking', isTold: false };
    if (model.isReady.value) model.media.value = hasCamera() ? 'video' : 'audio';
    else this.makeReady();
    this.#ask();
  }

  stopAsking(): void {
    if (this.#parts.model.phase.value.at !== 'asking') return;
    this.#over('cancelled', 0);
  }

  again(): void {
    const { model, onShown } = this.#parts;
    if (model.phase.value.at !== 'over') return;
    onShown(undefined);
    this.begin();
  }

  address(): string {
    return this.#parts.address;
  }

  #ask(): void {
    const { model, knock, fault } = this.#parts;
    knock().then(
      (made) => this.#take(made),
      (error: unknown) => {
        fault('knock', error);
        if (model.phase.value.at === 'asking') this.#over('not-ready', 0);
      },
    );
  }

  /** From now on this knock is the one that counts. */
  #take(knock: Knock): void {
    const { model, clock, onShown } = this.#parts;
    if (model.phase.value.at !== 'asking') {
      knock.end();
      return;
    }
    const former = this.#knock;
    knock.start(model.media.value);
    this.#follows(knock);
    if (former) this.#overlap(former, knock);
    this.#cancelRenewal?.();
    this.#cancelRenewal = clock.after(renewMs, () => this.#renew());
    onShown(knock);
  }

  #follows(knock: Knock): void {
    const { model } = this.#parts;
    this.#unwatch?.();
    this.#knock = knock;
    this.#unwatch = effect(() => {
      const phase = knock.phase.value;
      model.relaysUp.value = knock.relaysUp.value;
      untracked(() => this.#follow(phase));
    });
  }

  /** Both are out for a moment: a yes may come to either. */
  #overlap(former: Knock, knock: Knock): void {
    const { clock, onShown } = this.#parts;
    this.#endFormer?.();
    const stop = effect(() => {
      if (!isLetIn(former.phase.value)) return;
      untracked(() => {
        cancel();
        this.#endFormer = undefined;
        this.#follows(former);
        onShown(former);
        knock.end();
      });
    });
    const end = () => {
      stop();
      this.#endFormer = undefined;
      former.end();
    };
    const cancel = clock.after(overlapMs, end);
    this.#endFormer = () => {
      cancel();
      end();
    };
  }

  #renew(): void {
    if (this.#parts.model.phase.value.at === 'asking') this.#ask();
  }

  #follow(phase: CallPhase): void {
    const { model, clock } = this.#parts;
    switch (phase.phase) {
      case 'loading':
      case 'unavailable':
      case 'door':
      case 'before':
      case 'incoming':
        return;
      case 'ringing':
        this.#toldAt = clock.now();
        model.phase.value = { at: 'asking', isTold: true };
        return;
      case 'dialing': {
        const isTold = clock.now() - this.#toldAt < renewMs + stillToldMs;
        model.phase.value = { at: 'asking', isTold };
        if (isTold) clock.after(stillToldMs, () => this.#doubt());
        return;
      }
      case 'connecting':
      case 'connected':
      case 'reconnecting':
        this.#cancelRenewal?.();
        model.phase.value = { at: 'call' };
        return;
      case 'ended':
        if (isUnheard.has(phase.reason) && model.phase.value.at === 'asking') this.#ask();
        else this.#over(phase.reason, phase.durationMs);
    }
  }

  /** The new knock has been out for a while, and nobody has said that it is shown. */
  #doubt(): void {
    const { model } = this.#parts;
    if (model.phase.value.at === 'asking' && this.#knock?.phase.value.phase === 'dialing')
      model.phase.value = { at: 'asking', isTold: false };
  }

  #over(reason: EndReason, durationMs: number): void {
    if (reason === 'declined') this.#refusals += 1;
    this.#leave();
    this.#parts.model.phase.value = { at: 'over', over: { reason, durationMs, refusals: this.#refusals } };
  }

  #close(): void {
    this.#leave();
    this.#parts.model.phase.value = { at: 'closed' };
  }

  #leave(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#endFormer?.();
    this.#cancelRenewal?.();
    this.#cancelClosing?.();
    const knock = this.#knock;
    this.#knock = undefined;
    const phase = knock?.phase.value.phase;
    if (phase === 'before' || phase === 'dialing' || phase === 'ringing') knock?.end();
    this.#parts.model.isReady.value = false;
    this.#parts.onLeft();
  }

  /** Whoever is in the call stays; who still asks does so in vain. */
  #watchClosing(): void {
    const { closesAt } = this.#parts.model.invitation.value;
    if (closesAt === undefined) return;
    this.#cancelClosing?.();
    this.#cancelClosing = this.#at(closesAt, () => {
      const { at } = this.#parts.model.phase.value;
      if (at === 'asking' || at === 'join') this.#close();
    });
  }

  /** Timers hold no more than 24 days. */
  #at(moment: number, run: () => void): () => void {
    const { clock } = this.#parts;
    const longest = 2 ** 31 - 1;
    const left = Math.max(0, moment - clock.now());
    let cancel = clock.after(Math.min(left, longest), () => {
      if (left <= longest) run();
      else cancel = this.#at(moment, run);
    });
    return () => cancel();
  }
}
