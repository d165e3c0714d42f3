// Vectors that a second implementation can check itself against. Tests compare what the code makes with what the file says;
// FFC_WRITE_VECTORS=1 writes the file instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const fileOf = (name: string): URL => new URL(`../../vectors/${name}`, import.meta.url);

/** @param name of a file in tests/vectors. */
export function expectVectors(name: string, vectors: unknown): void {
  if (process.env['FFC_WRITE_VECTORS'] === '1') writeFileSync(fileOf(name), `${JSON.stringify(vectors, null, 2)}\n`);
  expect(vectors).toEqual(readVectors(name));
}

/** @param name of a file in tests/vectors. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}
