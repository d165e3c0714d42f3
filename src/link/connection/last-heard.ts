// When sound or a picture came last, as receivers tell it of their sources (W3C WebRTC section 5.3). A report of statistics tells more,
// and costs a hundred times as much.

type Source = Pick<RTCRtpReceiver, 'getSynchronizationSources'>;

export class LastHeard {
  #source: Source | undefined;
  #at = 0;

  /** When the newest sound or picture of these was handed to the page, in ms of a clock of the browser's; 0 before the first. */
  look(receivers: readonly Source[]): number {
    // Each question waits for another thread: whoever had news last time is asked first, and news of one are enough.
    const first = receivers.filter((one) => one === this.#source);
    for (const receiver of [...first, ...receivers]) {
      const newest = Math.max(0, ...receiver.getSynchronizationSources().map(({ timestamp }) => timestamp));
      if (newest <= this.#at) continue;
      this.#source = receiver;
      this.#at = newest;
      break;
    }
    return this.#at;
  }
}
