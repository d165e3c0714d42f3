// What bundlers say of our sources that is known and harmless.

/**
 * Vite's words about the Node half of @hpke/common, which no browser ever asks for: it has WebCrypto.
 * @param {{ readonly message: string }} log
 */
export const isAboutNodeCrypto = ({ message }) =>
  message.startsWith('Module "crypto" has been externalized') && message.includes('/@hpke/common/');
