// Runs before the call page's own script, in a copy of the build: keeps the channel of the chat, so that the bench can say on it whatever it
// likes, and writes down how long the page did not answer.
{
  const original = RTCPeerConnection.prototype.createDataChannel;
  /** @type {RTCDataChannel | undefined} */
  let chat;
  RTCPeerConnection.prototype.createDataChannel = function (label, options) {
    const channel = original.call(this, label, options);
    if (label === 'chat') chat = channel;
    return channel;
  };
  const id = () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
      .replace(/\+/g, '-')
      .replace(/\//g, '_');

  globalThis.ffcWorstChat = {
    /** Says a text so many times, as fast as the channel takes it. */
    say(text, count) {
      for (let n = 1; n <= count; n += 1) chat?.send(JSON.stringify({ t: 'say', id: id(), n, text }));
    },
    /** The longest time in which nothing else could run, over so many milliseconds. */
    async longestPause(ms) {
      const start = performance.now();
      let [last, longest] = [start, 0];
      while (last - start < ms) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        const now = performance.now();
        [longest, last] = [Math.max(longest, now - last), now];
      }
      return longest;
    },
    elements: () => document.querySelectorAll('.chat-list *').length,
  };
}
