// What one link brings is worked off one after the other. Looking at signatures takes longer than sending does, so what waits is bounded: whoever
// sends faster than it is looked at fills no memory.

/** What came and was not worked off yet: as much as may come at once. What is more is dropped, and comes again at the next meeting. */
const mostWaiting = { messages: 5_000, length: 148_000_000 };

export class Turns {
  #work: Promise<unknown> = Promise.resolve();
  #messages = 0;
  #length = 0;
  #isOver = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Behind everything that was asked for before. */
  next(run: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.#isOver ? undefined : run()));
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** The same for a message from the other side, if there is room for it. @param length units or bytes. */
  received(length: number, run: () => Promise<void>): Promise<void> {
    if (this.#messages >= mostWaiting.messages || this.#length + length > mostWaiting.length) return Promise.resolve();
    this.#messages += 1;
    this.#length += length;
    return this.next(run).finally(() => {
      this.#messages -= 1;
      this.#length -= length;
    });
  }

  /** What waits is dropped. */
  close(): void {
    this.#isOver = true;
  }
}
