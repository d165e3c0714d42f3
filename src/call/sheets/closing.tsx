// The page of a good call goes away by itself: said at once, with time enough to keep it, and not while something would be lost with it.
import { useEffect, useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { PageActions } from '../model/person-model.ts';

/** Long enough to read it and to find the button (WCAG 2.2.1). Only time in which the page is seen counts. */
const closesAfterMs = 20_000;

interface Props {
  readonly page: Pick<PageActions, 'close' | 'isAlone'>;
}

/** Says so, and does it. A key or a click anywhere on the page keeps it. */
export function Closing({ page }: Props) {
  const [isClosing, setClosing] = useState(false);
  useEffect(() => {
    void Promise.resolve(page.isAlone?.()).then((isAlone) => setClosing(isAlone !== true));
  }, [page]);
  useEffect(() => {
    if (!isClosing) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const whileSeen = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => page.close(), closesAfterMs);
    };
    const keep = (): void => setClosing(false);
    whileSeen();
    document.addEventListener('visibilitychange', whileSeen);
    // Not when a press begins: the button would be gone before it ends.
    addEventListener('click', keep);
    addEventListener('keydown', keep);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whileSeen);
      removeEventListener('click', keep);
      removeEventListener('keydown', keep);
    };
  }, [isClosing]);
  return (
    <div class="ended-closing" role="status">
      {isClosing && (
        <>
          <p>{text('callClosesItself')}</p>
          <button type="button" class="button small" onClick={() => setClosing(false)}>
            {text('callKeepOpen')}
          </button>
        </>
      )}
    </div>
  );
}
