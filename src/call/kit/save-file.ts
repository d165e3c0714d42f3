// Puts bytes where the person wants them: with the browser's own dialog where it writes straight into the chosen file (Chromium), as a
// download otherwise. Nothing is saved that nobody asked for.

import { download } from '../../ui/files/download.ts';

interface SavePicker {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

/**
 * @param bytes asked for after the dialog, which needs the click that led here.
 * @returns 'saved' once it is in the chosen file, 'handed-over' when a download has it, 'not-wanted' when the person changed their mind.
 */
export async function saveFile(
  suggestedName: string,
  bytes: () => Promise<Blob>,
): Promise<'saved' | 'handed-over' | 'not-wanted'> {
  const { showSaveFilePicker } = globalThis as SavePicker;
  if (!showSaveFilePicker) {
    download(suggestedName, await bytes());
    return 'handed-over';
  }
  let handle: FileSystemFileHandle;
  try {
    handle = await showSaveFilePicker({ suggestedName });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'not-wanted';
    throw error;
  }
  const writable = await handle.createWritable();
  await (await bytes()).stream().pipeTo(writable);
  return 'saved';
}
