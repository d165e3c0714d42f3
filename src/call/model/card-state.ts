// How far two people of a call have got in handing over how they are reached after it.

/** Where two stand with each other, as the person here sees it. */
export type CardState =
  | 'contact'
  | 'none'
  /** They have our link, and theirs is awaited. */
  | 'given'
  /** They have given us theirs. */
  | 'offered';
