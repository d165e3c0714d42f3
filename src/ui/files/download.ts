// Hands a file to the browser's downloads.

/** How long a download may read its bytes after it was begun, in ms. */
const usualMs = 60_000;

/** @param readableMs how long the bytes stay there to be read: a very long file takes its time. */
export function download(name: string, file: Blob, readableMs = usualMs): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), readableMs);
}
