// Closes a switch over a union: a new member breaks the build where it is not handled.

/** Never reached; the argument's type proves it. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}
