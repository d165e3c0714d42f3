// What the call with one person gets of the page's world (call-world.ts): relays, stores, the background where there is one.
import type { CallEvent } from '../../core/call/call-machine.ts';
import { callOutcomes } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import { maxOthers, maxRecorded, type RecordedStretch } from '../../core/data/history-entry.ts';
import type { CallMedia, Verification } from '../../core/identity/contact.ts';
import { type CheckStep, checkSteps } from '../../core/network/check-steps.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import type { CalleeFlow } from '../../link/signaling/callee-flow.ts';
import type { CallerFlow } from '../../link/signaling/caller-flow.ts';
import type { Facts } from '../../platform/logger.ts';
import type { CallSupplies, FinishedCall, FlowEvents } from '../pair/call-supplies.ts';
import type { CallWorld } from './call-world.ts';
import type { CallAddress, FlowMaker, FlowMakerParts } from './flow-maker.ts';
import type { PageHold } from './page-hold.ts';

export interface SuppliesParts extends Omit<FlowMakerParts, 'address' | 'world' | 'carriers'> {
  readonly world: CallWorld;
  readonly hold: PageHold;
  /** Whom the page was opened to call, by id: calling again calls all of them. */
  readonly together: readonly string[];
  /** Who has recorded in the calls of this page. */
  readonly recorded: () => readonly RecordedStretch[];
  /** Which page this is, for the history and as a sign of life. */
  readonly page: string;
  /** The page asks to be let in by a guest link. */
  readonly isGuest: boolean;
  /** Loads what makes a call out of what carries it. */
  readonly loadFlows: () => Promise<Pick<typeof import('./flow-maker.ts'), 'FlowMaker'>>;
}

export class PageSupplies implements CallSupplies {
  readonly #parts: SuppliesParts;
  readonly #address: CallAddress;
  #maker: Promise<FlowMaker> | undefined;

  constructor(parts: SuppliesParts) {
    this.#parts = parts;
    this.#address = { isHidden: addressHiding(parts.settings, parts.contact) !== 'off', hideNow: undefined };
  }

  async caller(dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CallerFlow> {
    return (await this.#flows()).caller(dispatch, events);
  }

  async callee(call: TakenCall, dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CalleeFlow> {
    return (await this.#flows()).callee(call, dispatch, events);
  }

  /** Says which call this page is in. `linked`: both sides have agreed on it. */
  hold(callId: string, direction: 'incoming' | 'outgoing', linked: boolean): void {
    const { hold, contact } = this.#parts;
    hold.hold({ callId, contactId: contact.id, contactName: contact.name, direction, linked });
  }

  release(callId: string): void {
    this.#parts.hold.release(callId);
  }

  async answerRing(callId: string, media: CallMedia): Promise<boolean> {
    const { request } = this.#parts.world;
    // Without a background nobody else can have taken it.
    return request ? (await request('answerRing', { callId, media, inPage: true })).answered : true;
  }

  async declineRing(callId: string): Promise<boolean> {
    return (await this.#parts.world.request?.('declineRing', { callId }))?.declined ?? false;
  }

  /** A ring that was answered has come to nothing: the background needs to keep it no longer. */
  async forgetRing(callId: string): Promise<void> {
    const { contact, page } = this.#parts;
    const { request } = this.#parts.world;
    const { id: contactId, name: contactName } = contact;
    await request?.('holdCall', { callId, contactId, contactName, direction: 'incoming', linked: false, page });
    await request?.('holdCall', undefined);
  }

  /** A call of its own, with its entry in the history; not one more person in a running one. */
  get isOwnCall(): boolean {
    return this.#parts.route === 'relays' || this.#parts.moves !== undefined;
  }

  get isGuest(): boolean {
    return this.#parts.isGuest;
  }

  async record({ reason, ...call }: FinishedCall): Promise<void> {
    const { history, settings } = this.#parts.world;
    if (!history || !this.isOwnCall || !(await settings.read()).keepHistory) return;
    const outcome = callOutcomes[reason];
    const others = outcome === 'answered' ? this.#parts.people.namesBeside(call.contactId) : [];
    const group = others.length > 0 ? { others: others.slice(0, maxOthers) } : {};
    const stretches = outcome === 'answered' ? this.#parts.recorded() : [];
    const recorded = stretches.length > 0 ? { recorded: stretches.slice(0, maxRecorded) } : {};
    await history.put({ ...call, ...group, ...recorded, page: this.#parts.page, outcome, seen: outcome !== 'missed' });
  }

  /** The call reached nobody: the background tells the contact of it later. */
  leaveNote(callId: string, media: CallMedia, at: number): void {
    const { contact, world } = this.#parts;
    if (this.isOwnCall) this.#ask(world.request?.('leaveNote', { callId, contactId: contact.id, media, at }));
  }

  remember(contactId: string, verification: Verification): Promise<void> {
    return this.#parts.world.contacts.change(contactId, { verification });
  }

  /** Somebody has come from whom we hide: nobody who is no contact is told an address any more. */
  hideFromStranger(): void {
    this.#address.hideNow?.();
  }

  /** What `findOut` looks at. */
  get checkSteps(): readonly CheckStep[] {
    return checkSteps(this.#parts.settings.iceServers, this.#address.isHidden);
  }

  async findOut(onStep: (step: CheckStep) => void): Promise<NetworkFindings> {
    return (await this.#flows()).findOut(onStep);
  }

  callAgain(contactId: string, media: CallMedia): void {
    const { together, world } = this.#parts;
    this.#ask(world.callAgain(together.length > 1 ? together : [contactId], media));
  }

  closePage(): void {
    this.#parts.world.page.close();
  }

  note(event: string, facts: Facts): void {
    this.#parts.world.logger.info(event, facts);
  }

  fault(event: string, error: unknown): void {
    this.#parts.world.logger.fault(event, error);
  }

  #flows(): Promise<FlowMaker> {
    const { loadFlows, world } = this.#parts;
    this.#maker ??= Promise.all([loadFlows(), world.carriers()]).then(
      ([{ FlowMaker }, carriers]) => new FlowMaker({ ...this.#parts, carriers, address: this.#address }),
    );
    return this.#maker;
  }

  #ask(asked: Promise<unknown> | undefined): void {
    asked?.catch((error: unknown) => this.fault('request', error));
  }
}
