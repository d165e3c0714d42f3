// Pictures from others on their way to the screen: only what is known to be small enough gets to a decoder, and all together no more than a
// page can hold without being asked for. Pictures that can run something (SVG) are none.
import { isModest, maxShownPixels, pictureHeader } from '../../core/transfer/picture-header.ts';
import type { ShownFileState } from './chat-model.ts';

export class ShownPictures {
  #pixels = 0;

  /** @param isAsked a person wants to see it, whatever is shown already. @returns what becomes of the file's row. */
  async show(bytes: Blob, isAsked: boolean): Promise<Partial<Pick<ShownFileState, 'pictureUrl' | 'notShown'>>> {
    const header = pictureHeader(new Uint8Array(await bytes.arrayBuffer()));
    if (!header) return { notShown: 'unreadable' };
    if (!isModest(header)) return { notShown: 'too-large' };
    const pixels = this.#pixels + header.width * header.height;
    if (pixels > maxShownPixels && !isAsked) return { notShown: 'too-many' };
    this.#pixels = pixels;
    return { pictureUrl: URL.createObjectURL(new Blob([bytes], { type: header.type })), notShown: undefined };
  }
}
