// Web Locks as the browser keeps them for all pages of an origin, shared and exclusive, in order of asking. Put in place of navigator.locks.

interface Asked {
  readonly name: string;
  readonly isShared: boolean;
  readonly grant: () => void;
  readonly reject: (error: unknown) => void;
}

class FakeLocks {
  #held: Asked[] = [];
  #waiting: Asked[] = [];

  readonly request = async (name: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const callback = rest.at(-1) as () => unknown;
    const options = (rest.length > 1 ? rest[0] : {}) as { readonly mode?: 'shared' | 'exclusive' };
    return new Promise((resolve, reject) => {
      const asked: Asked = {
        name,
        isShared: options.mode === 'shared',
        reject,
        grant: () => {
          Promise.resolve(callback()).then(
            (result) => {
              this.#release(asked);
              resolve(result);
            },
            (error: unknown) => {
              this.#release(asked);
              reject(error);
            },
          );
        },
      };
      this.#waiting.push(asked);
      this.#look();
    });
  };

  readonly query = async () => ({
    held: this.#held.map(({ name }) => ({ name })),
    pending: this.#waiting.map(({ name }) => ({ name })),
  });

  /** The process of whoever holds this lock ends without a word. */
  crash(name: string): void {
    this.#held = this.#held.filter((one) => one.name !== name);
    this.#look();
  }

  reset(): void {
    this.#held = [];
    this.#waiting = [];
  }

  #release(asked: Asked): void {
    this.#held = this.#held.filter((one) => one !== asked);
    this.#look();
  }

  #look(): void {
    for (const asked of [...this.#waiting]) {
      const others = this.#held.filter(({ name }) => name === asked.name);
      const isFree = asked.isShared ? others.every(({ isShared }) => isShared) : others.length === 0;
      if (!isFree) continue;
      this.#waiting = this.#waiting.filter((one) => one !== asked);
      this.#held.push(asked);
      asked.grant();
    }
  }
}

/** Those of this file of tests. */
export const fakeLocks = new FakeLocks();
