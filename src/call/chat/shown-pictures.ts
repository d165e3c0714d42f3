// Pictures from others on their way to the screen: only what is known to be small enough gets to a decoder, and all together no more than a
// page can hold without being asked for. Pictures that can run something (SVG) are none.
import type { ShownFileState } from './chat-model.ts';

export class ShownPictures {
  #pixels = 0;

  /** @param isAsked a person wants to see it, whatever is shown already. @returns what becomes of the file's row. */
  async show(bytes: Blob, isAsked: boolean): Promise<Partial<Pick<ShownFileState, 'pictureUrl' | 'notShown'>>> {
    // Loaded with the first picture; not at all where the files of another version have taken the place of ours.
    const reading = import('../../core/transfer/picture-header.ts').catch(() => undefined);
    const [reader, buffer] = await Promise.all([reading, bytes.arrayBuffer()]);
    if (!reader) return { notShown: 'unreadable' };
    const { isModest, maxShownPixels, pictureHeader } = reader;
    const header = pictureHeader(new Uint8Array(buffer));
    if (!header) return { notShown: 'unreadable' };
    if (!isModest(header)) return { notShown: 'too-large' };
    const pixels = this.#pixels + header.width * header.height;
    if (pixels > maxShownPixels && !isAsked) return { notShown: 'too-many' };
    this.#pixels = pixels;
    return { pictureUrl: URL.createObjectURL(new Blob([bytes], { type: header.type })), notShown: undefined };
  }
}
