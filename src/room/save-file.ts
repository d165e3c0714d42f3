// Hands a file to the browser's downloads.

/** How long a download may read its bytes after it was begun. */
const downloadMs = 60_000;

export function saveAs(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), downloadMs);
}
