// What an entry has behind it, as one number for each branch: the greatest number on that branch that it can reach. Asking whether one entry
// knows another is then one look, whatever lies between. Most of an entry's numbers are those of the entry before, so they are shared with it
// in pieces; a member who forks without end costs little for each entry.

const pieceLength = 32;
const nothing = new Uint32Array(pieceLength);

/** Never changed, only replaced. */
export class Past {
  static readonly none = new Past([]);
  readonly #pieces: readonly Uint32Array[];

  private constructor(pieces: readonly Uint32Array[]) {
    this.#pieces = pieces;
  }

  /** The greatest number of this branch; 0 when none of it is behind. */
  at(branch: number): number {
    return this.#pieces[Math.floor(branch / pieceLength)]?.[branch % pieceLength] ?? 0;
  }

  /** The same, with this branch up to `seq`. */
  with(branch: number, seq: number): Past {
    const pieces = [...this.#pieces];
    const at = Math.floor(branch / pieceLength);
    while (pieces.length <= at) pieces.push(nothing);
    const piece = Uint32Array.from(pieces[at] ?? nothing);
    piece[branch % pieceLength] = seq;
    pieces[at] = piece;
    return new Past(pieces);
  }

  /** Everything that is behind one of the two. */
  joined(other: Past): Past {
    if (other === this || other.#pieces.length === 0) return this;
    if (this.#pieces.length === 0) return other;
    const length = Math.max(this.#pieces.length, other.#pieces.length);
    return new Past(
      Array.from({ length }, (_, at) => joinedPiece(this.#pieces[at] ?? nothing, other.#pieces[at] ?? nothing)),
    );
  }
}

/** One of the two themselves where it holds the other, so that pieces stay shared. */
function joinedPiece(one: Uint32Array, other: Uint32Array): Uint32Array {
  if (one === other) return one;
  let [oneHolds, otherHolds] = [true, true];
  for (let i = 0; i < pieceLength; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference < 0) oneHolds = false;
    else if (difference > 0) otherHolds = false;
  }
  if (oneHolds) return one;
  return otherHolds ? other : one.map((seq, i) => Math.max(seq, other[i] ?? 0));
}
