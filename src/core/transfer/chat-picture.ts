// Which pictures are shown in the chat by themselves.

const maxPictureLength = 8_388_608;
const pictureTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);

/** Whether a picture is small and plain enough to be shown in the chat. @param size in bytes. */
export function isChatPicture({ type, size }: { readonly type: string; readonly size: number }): boolean {
  return pictureTypes.has(type) && size <= maxPictureLength;
}
