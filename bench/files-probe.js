// Runs before the call page's own script, in a copy of the build: keeps the connection, so that the bench can open a plain data channel on
// the very connection that carries the file, and writes down when messages of the chat were seen.
{
  const Original = RTCPeerConnection;
  /** @type {RTCPeerConnection | undefined} */
  let last;
  globalThis.RTCPeerConnection = class extends Original {
    /** @param {ConstructorParameters<typeof RTCPeerConnection>} parts */
    constructor(...parts) {
      super(...parts);
      last = this;
    }
  };
  const messageLength = 65_536;
  const highMark = 2_097_152;
  const lowMark = 524_288;
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {RTCDataChannel | undefined} */
  let opened;
  /** @type {Promise<number> | undefined} */
  let arrival;

  function raw() {
    if (!opened) throw new Error('openRaw() comes first.');
    return opened;
  }

  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll('.chat-text')) {
      const text = textContent.trim();
      if (!seen.has(text)) seen.set(text, Date.now());
    }
  }).observe(document, { childList: true, subtree: true });

  globalThis.ffcFiles = {
    /** A plain channel: nothing but bytes from memory into nothing. */
    async openRaw() {
      if (!last) throw new Error('There is no connection yet.');
      const channel = last.createDataChannel('raw', { negotiated: true, id: 200 });
      channel.binaryType = 'arraybuffer';
      opened = channel;
      if (channel.readyState !== 'open')
        await new Promise((resolve) => channel.addEventListener('open', resolve, { once: true }));
    },
    /** From now on so much is waited for. */
    expectRaw(length) {
      let received = 0;
      arrival = new Promise((resolve) => {
        raw().onmessage = ({ data }) => {
          received += data.byteLength;
          if (received >= length) resolve(Date.now());
        };
      });
    },
    /** When all of it was here. */
    async rawReceived() {
      if (!arrival) throw new Error('expectRaw() comes first.');
      return arrival;
    },
    sendRaw(length) {
      const bytes = new Uint8Array(messageLength);
      let sent = 0;
      const channel = raw();
      channel.bufferedAmountLowThreshold = lowMark;
      const pump = () => {
        while (sent < length && channel.bufferedAmount < highMark) {
          channel.send(bytes);
          sent += messageLength;
        }
      };
      channel.onbufferedamountlow = pump;
      const startedAt = Date.now();
      pump();
      return startedAt;
    },
    seenAt: (text) => seen.get(text),
    /** When the row of a file first says something that fits. */
    fileSays(name, pattern) {
      const fits = new RegExp(pattern);
      const check = () =>
        [...document.querySelectorAll('.file-row')].some(
          (row) =>
            row.querySelector('.file-name')?.textContent.startsWith(`${name} `) &&
            fits.test(row.querySelector('.file-state')?.textContent ?? ''),
        );
      return new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (!check()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document, { childList: true, subtree: true, characterData: true });
      });
    },
  };
}
