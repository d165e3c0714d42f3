// Types of child-processes.mjs for the tests.
export declare function endChildren(): Promise<void>;
export declare function removeTemporaryFolder(): void;
export declare function runProgram(
  file: string,
  args: readonly string[],
  cwd: string,
  options?: { readonly withinMs?: number; readonly reads?: boolean },
): Promise<{ readonly ok: boolean; readonly isLate: boolean; readonly output: string }>;
