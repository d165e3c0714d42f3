// A file that is written and read at any place, as films are: their chapters are put in when everything else is there.

export interface FilmBytes {
  size(): number;
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
  write(bytes: Uint8Array<ArrayBuffer>, at: number): void;
}
