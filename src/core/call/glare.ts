// Both call each other at once (docs/protocol.md#glare): the call with the smaller id survives, on both sides, without a ring.

/** Which of two calls between the same two people goes on. Ids are base64url of 16 bytes and compared as text, alike on both sides. */
export function survivesGlare(ownOutgoingId: string, incomingId: string): 'outgoing' | 'incoming' {
  return ownOutgoingId < incomingId ? 'outgoing' : 'incoming';
}
