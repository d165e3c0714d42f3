// A profile's own copy of the built extension, whose id is always the same.
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Fixes the id of the copy: Chromium derives it from this public key. */
const testKey = 'MCowBQYDK2VwAyEAO2onvM62pC1imjzQJq8Nc2UhVXcd4kOmOsBIoYtZ2ik=';

interface Manifest {
  readonly action?: { readonly default_popup?: string };
}

const readManifest = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));

/** Puts a build into `copy`, in the place of what is there. */
export async function copyExtension(from: string, copy: string): Promise<void> {
  await rm(copy, { recursive: true, force: true });
  await cp(resolve(from), copy, { recursive: true });
  const manifest = await readManifest(copy);
  await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, key: testKey }, null, 2));
}

/** The popup that a click on the toolbar icon opens, as a path in the extension; '' where none does. */
export async function popupPathOf(copy: string): Promise<string> {
  return (await readManifest(copy)).action?.default_popup ?? '';
}
