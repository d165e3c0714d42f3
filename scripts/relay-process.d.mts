/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number>;

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program that shall listen on the port of 127.0.0.1 that it is given, or on another one when that was taken in between.
 * Rejects when it does not listen within 10 s. `close` kills it and waits for its end.
 */
export function startRelayProcess(
  command: (port: number) => Command | Promise<Command>,
): Promise<{ readonly url: string; isAlive(): boolean; close(): Promise<void> }>;
