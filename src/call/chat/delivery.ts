// Which own messages have reached whom, and who was told which: so that a row says "not delivered yet", and newcomers get what they lack.

export class Delivery {
  /** Own messages that each participant was sent, by participant. */
  readonly #told = new Map<string, Set<string>>();
  /** Participants who do not have an own message yet, by message. */
  readonly #missing = new Map<string, Set<string>>();

  /** An own message is on its way to all of these. */
  send(id: string, participants: Iterable<string>): void {
    this.#missing.set(id, new Set(participants));
  }

  /** This participant is sent the message now. */
  noteTold(participant: string, id: string): void {
    const told = this.#told.get(participant) ?? new Set();
    this.#told.set(participant, told.add(id));
  }

  isTold(participant: string, id: string): boolean {
    return this.#told.get(participant)?.has(id) === true;
  }

  /** The participant has the message. @returns whether it has reached everybody by this. */
  arrived(id: string, participant: string): boolean {
    const missing = this.#missing.get(id);
    if (!missing?.delete(participant) || missing.size > 0) return false;
    this.#missing.delete(id);
    return true;
  }

  /** Nobody waits for this participant any more. @returns whether a message has reached everybody else by this. */
  part(participant: string): boolean {
    this.#told.delete(participant);
    return [...this.#missing.keys()].map((id) => this.arrived(id, participant)).includes(true);
  }

  /** Whether somebody does not have the message yet. */
  isMissing(id: string): boolean {
    return this.#missing.has(id);
  }
}
