// A page that was frozen neither calls nor can be called: it shows no sign of life until it thaws. Only Chromium freezes pages.

/** Lives under this name until the page ends. @returns what ends that life before. */
type LiveAs = (page: string) => Promise<() => void>;

/**
 * The page lives under this name, but not while it is frozen. Resolves once everybody can see it.
 * @param onThaw it lives again, and was let go of meanwhile.
 */
export async function liveUnfrozen(liveAs: LiveAs, page: string, onThaw: () => void): Promise<void> {
  let end: (() => void) | undefined = await liveAs(page);
  document.addEventListener('freeze', () => {
    end?.();
    end = undefined;
  });
  document.addEventListener('resume', () => {
    if (end) return;
    void liveAs(page).then((endAgain) => {
      end = endAgain;
      onThaw();
    });
  });
}
