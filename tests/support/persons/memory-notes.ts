// The caller's notes of calls that reached nobody, the receipts that a callee owes and the requests of strangers, as the platform's stores keep
// them, but in memory.
import {
  afterCall,
  type KeptRequest,
  keptRequests,
  mayTell,
  type StrangersCall,
  shownRequests,
} from '../../../src/core/identity/contact-request.ts';
import { isNoteDue, isOwedMore, type MissedNote, type OwedReceipt } from '../../../src/core/signaling/missed-note.ts';

export class MemoryNotes {
  readonly all = new Map<string, MissedNote>();

  async takeDue(now: number, all: boolean): Promise<readonly MissedNote[]> {
    const due = [...this.all.values()].filter((note) => all || isNoteDue(note, now));
    for (const note of due) this.all.set(note.callId, { ...note, triedAt: now });
    return due;
  }

  async remove(callId: string): Promise<void> {
    this.all.delete(callId);
  }
}

export class MemoryReceipts {
  readonly all = new Map<string, OwedReceipt>();

  async owe(receipt: OwedReceipt, most: number): Promise<boolean> {
    const ofThem = [...this.all.values()].filter(({ contactId }) => contactId === receipt.contactId);
    if (!isOwedMore(ofThem, receipt, most)) return false;
    this.all.set(receipt.callId, receipt);
    return true;
  }

  async takeDue(now: number): Promise<readonly OwedReceipt[]> {
    const due = [...this.all.values()].filter(({ isSent, dueAt }) => !isSent && now >= dueAt);
    for (const one of due) this.all.set(one.callId, { ...one, isSent: true });
    return due;
  }
}

export class MemoryRequests {
  all: readonly KeptRequest[] = [];

  async addCall(call: StrangersCall, by: number | undefined, now: number): Promise<boolean> {
    const request = afterCall(this.get(call.id), call, now);
    if (!request) return false;
    const tells = by !== undefined && mayTell(this.all, call.id, by, now);
    this.put(tells ? { ...request, toldAt: now, toldBy: by } : request, now);
    return tells;
  }

  get(id: string): KeptRequest | undefined {
    return this.all.find((one) => one.id === id);
  }

  shown(now: number): readonly KeptRequest[] {
    return shownRequests(this.all, now);
  }

  put(request: KeptRequest, now: number): void {
    this.all = keptRequests([...this.all.filter(({ id }) => id !== request.id), request], now);
  }

  remove(id: string): void {
    this.all = this.all.filter((one) => one.id !== id);
  }
}
