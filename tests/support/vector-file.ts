// Vectors that a second implementation can check itself against. Tests compare what the code makes with what the file says;
// FFC_WRITE_VECTORS=1 writes the file instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** @param name of a file in tests/vectors. */
export function expectVectors(name: string, vectors: unknown): void {
  const file = new URL(`../vectors/${name}`, import.meta.url);
  if (process.env['FFC_WRITE_VECTORS'] === '1') writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`);
  expect(vectors).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}
