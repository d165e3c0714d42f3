/** For `catch` where a file or a folder is to go, or to be looked at, and may not be there. Anything else that the disk says is thrown again. */
export function ignoreMissing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
  throw error;
}
