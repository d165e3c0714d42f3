// How a person of a scenario differs from the usual one.

export interface PersonChoices {
  /** Another name here is another device with the same words. */
  readonly device?: string;
  /** Addresses of the own relays; all of the world's, if none is named. */
  readonly relays?: readonly string[];
  /** How far the own clock is ahead. */
  readonly clockSkewMs?: number;
  /** Of a version that seals against quantum computers, as the product's are today. Simulated calls are many, and mostly of older ones. */
  readonly quantum?: boolean;
  /** The identity came out of its words on this device. */
  readonly fromWords?: boolean;
}
