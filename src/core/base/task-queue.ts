// Tasks that run one after another.

export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `task` once all that were asked for before it are over, whatever became of them. Settles as the task does. */
  run<Result>(task: () => Result | Promise<Result>): Promise<Result> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
