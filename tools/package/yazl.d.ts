// What is used of yazl, which brings no types.
declare module 'yazl' {
  export class ZipFile {
    addBuffer(
      bytes: Uint8Array,
      path: string,
      options: {
        readonly mtime: Date;
        readonly mode: number;
        readonly compress: boolean;
        readonly forceDosTimestamp: boolean;
      },
    ): void;
    end(): void;
    readonly outputStream: AsyncIterable<Uint8Array>;
  }
}
