// Notices when nothing comes from a device any more although it is open: the browser's own switch, the system's, or one on the device.

/** A source that is muted for less than this was only slow. */
const silencedAfterMs = 2_000;

/** Calls back when the source of this track has been silent for a while, and at once when it gives something again. */
export function watchSource(track: MediaStreamTrack, tell: (isSilenced: boolean) => void): void {
  const onMute = (): void => {
    setTimeout(() => {
      if (track.muted) tell(true);
    }, silencedAfterMs);
  };
  track.addEventListener('mute', onMute);
  track.addEventListener('unmute', () => tell(false));
  if (track.muted) onMute();
}
