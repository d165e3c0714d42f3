// Draws a person before something else than their room: masks are smoothed over time, the room is blurred at a quarter of its size, and all is put
// together by the graphics card. Knows nothing of where masks come from.
import { type Background, colorParts, coveringPart } from '../../core/media/effects.ts';
import type { CameraFrame, Drawn } from './frame-way.ts';
import {
  bindTexture,
  makeProgram,
  makeTarget,
  makeTexture,
  type Program,
  sizeTarget,
  type Target,
} from './gl-parts.ts';
import { blurShader, composeShader, cornersShader, maskShader } from './shaders.ts';

export interface Behind {
  readonly background: Background;
  readonly color: string;
  /** Undefined while there is none: then the room is blurred. */
  readonly picture: ImageBitmap | undefined;
}

export interface Compositor {
  /** Where the person is, in the alpha channel. */
  setMask(mask: TexImageSource): void;
  /** @param scale of the sides of what is drawn, at most 1. @throws when the graphics card was lost. */
  draw(frame: CameraFrame, behind: Behind, scale: number): Drawn;
  close(): void;
}

/** How much a new mask counts beside those before it: without, edges flicker. */
const newMaskShare = 0.4;
const maskSide = { width: 256, height: 144 } as const;
/** Of the quarter-sized picture, between two samples of the blur; and how often it is blurred. */
const strides: Readonly<Record<'blur-light' | 'blur', readonly number[]>> = { 'blur-light': [0.7], blur: [1, 2] };

/** @throws where there is no WebGL2. */
export function makeCompositor(): Compositor {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, premultipliedAlpha: false });
  if (!gl) throw new Error('no WebGL2');
  return new GlCompositor(canvas, gl as WebGL2RenderingContext);
}

class GlCompositor implements Compositor {
  readonly #canvas: OffscreenCanvas;
  readonly #gl: WebGL2RenderingContext;
  readonly #mask: Program;
  readonly #blur: Program;
  readonly #compose: Program;
  readonly #frame: WebGLTexture;
  readonly #newMask: WebGLTexture;
  readonly #picture: WebGLTexture;
  readonly #smooth: Target;
  readonly #halfway: Target;
  readonly #blurred: Target;
  #hasMask = false;
  #shown: ImageBitmap | undefined;

  constructor(canvas: OffscreenCanvas, gl: WebGL2RenderingContext) {
    [this.#canvas, this.#gl] = [canvas, gl];
    this.#mask = makeProgram(gl, cornersShader, maskShader);
    this.#blur = makeProgram(gl, cornersShader, blurShader);
    this.#compose = makeProgram(gl, cornersShader, composeShader);
    [this.#frame, this.#newMask, this.#picture] = [makeTexture(gl), makeTexture(gl), makeTexture(gl)];
    [this.#smooth, this.#halfway, this.#blurred] = [makeTarget(gl), makeTarget(gl), makeTarget(gl)];
    sizeTarget(gl, this.#smooth, maskSide.width, maskSide.height);
  }

  setMask(mask: TexImageSource): void {
    const gl = this.#gl;
    this.#upload(this.#newMask, mask);
    this.#into(this.#smooth, this.#mask);
    bindTexture(gl, this.#mask, 'mask', 0, this.#newMask);
    gl.uniform1f(this.#mask.uniform('share'), this.#hasMask ? newMaskShare : 1);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.disable(gl.BLEND);
    this.#hasMask = true;
  }

  draw(frame: CameraFrame, { background, color, picture }: Behind, scale: number): Drawn {
    const gl = this.#gl;
    if (gl.isContextLost()) throw new Error('the graphics card was lost');
    const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
    this.#upload(this.#frame, frame.image);
    const shows = background === 'picture' ? picture : undefined;
    const isPlain = background === 'color';
    if (shows && shows !== this.#shown) {
      this.#upload(this.#picture, shows);
      this.#shown = shows;
    }
    if (!shows && !isPlain) this.#blurRoom(width, height, background === 'blur-light' ? 'blur-light' : 'blur');
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#into(undefined, this.#compose);
    bindTexture(gl, this.#compose, 'picture', 0, this.#frame);
    bindTexture(gl, this.#compose, 'mask', 1, this.#smooth.texture);
    bindTexture(gl, this.#compose, 'behind', 2, shows ? this.#picture : this.#blurred.texture);
    const part = shows ? coveringPart(shows, frame) : { x: 0, y: 0, width: 1, height: 1 };
    gl.uniform4f(this.#compose.uniform('part'), part.x, part.y, part.width, part.height);
    gl.uniform4f(this.#compose.uniform('plain'), ...colorParts(color), isPlain ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return this.#canvas;
  }

  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #blurRoom(width: number, height: number, strength: keyof typeof strides): void {
    const gl = this.#gl;
    const [wide, high] = [Math.max(1, width >> 2), Math.max(1, height >> 2)];
    for (const target of [this.#halfway, this.#blurred]) sizeTarget(gl, target, wide, high);
    let from = this.#frame;
    for (const stride of strides[strength])
      for (const [target, x, y] of [
        [this.#halfway, stride / wide, 0],
        [this.#blurred, 0, stride / high],
      ] as const) {
        this.#into(target, this.#blur);
        bindTexture(gl, this.#blur, 'picture', 0, from);
        bindTexture(gl, this.#blur, 'mask', 1, this.#smooth.texture);
        gl.uniform2f(this.#blur.uniform('stride'), x, y);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
        from = target.texture;
      }
  }

  #into(target: Target | undefined, { program }: Program): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, target?.framebuffer ?? null);
    gl.viewport(0, 0, target?.width ?? this.#canvas.width, target?.height ?? this.#canvas.height);
    gl.useProgram(program);
  }

  #upload(texture: WebGLTexture, image: TexImageSource): void {
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);
  }
}
