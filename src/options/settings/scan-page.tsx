// Reads a contact link or a server link from a QR code: by the camera, or from an image file. Nothing leaves this page but the link found.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { readableLink } from '../../core/identity/link-repair.ts';
import { looksLikeServerLink } from '../../core/network/server-link.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { OwnServersModel } from '../model/own-servers-model.ts';
import { readQrFromImage, readQrFromVideo } from '../model/qr-reader.ts';

const betweenFramesMs = 150;
const sealer = new WebCryptoSealer();

type ScanState = 'idle' | 'watching' | 'camera-refused' | 'camera-missing' | 'nothing-found' | 'no-link';

const problemKeys: Partial<Record<ScanState, TextKey>> = {
  'camera-refused': 'optionsScanRefused',
  'camera-missing': 'optionsScanMissing',
  'nothing-found': 'optionsScanNothing',
  'no-link': 'optionsScanNoLink',
};

export function ScanPage({ model }: { readonly model: OwnServersModel }) {
  const state = useSignal<ScanState>('idle');
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | undefined>(undefined);

  const stop = () => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = undefined;
  };
  useEffect(() => stop, []);

  /** @returns whether the code held a link; then the page goes on to adding that person, or to testing that server. */
  const take = async (code: string, from: 'scan' | 'image'): Promise<boolean> => {
    if (looksLikeServerLink(code)) {
      stop();
      // Not by the address, which the browser keeps: it may hold a secret.
      model.type(code);
      location.hash = '#network';
      void model.look();
      return true;
    }
    const link = await readableLink(code, sealer);
    if (link === undefined) return false;
    stop();
    location.href = browser.runtime.getURL(`src/popup/index.html?${new URLSearchParams({ from, add: link })}`);
    return true;
  };

  const watch = async () => {
    try {
      stream.current = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch (error) {
      const refused = error instanceof DOMException && error.name === 'NotAllowedError';
      state.value = refused ? 'camera-refused' : 'camera-missing';
      return;
    }
    state.value = 'watching';
    const element = video.current;
    if (!element) return;
    element.srcObject = stream.current;
    await element.play();
    while (stream.current) {
      const code = readQrFromVideo(element);
      if (code !== undefined && !(await take(code, 'scan'))) state.value = 'no-link';
      await new Promise((resolve) => setTimeout(resolve, betweenFramesMs));
    }
  };

  const readFile = async (file: File | undefined) => {
    if (!file) return;
    const code = await readQrFromImage(file);
    if (code === undefined) state.value = 'nothing-found';
    else if (!(await take(code, 'image'))) state.value = 'no-link';
  };

  const problem = problemKeys[state.value];
  const watching = state.value === 'watching' || (state.value === 'no-link' && stream.current !== undefined);
  return (
    <main class="page narrow" tabIndex={-1}>
      <section class="card stack">
        <h1>{text('optionsScanTitle')}</h1>
        <p>{text('optionsScanText')}</p>
        <video
          ref={video}
          class="scan-picture"
          hidden={!watching}
          muted
          playsInline
          aria-label={text('optionsScanPicture')}
        />
        <div aria-live="polite">{problem === undefined ? null : <p class="warning">{text(problem)}</p>}</div>
        <div class="actions">
          {watching ? null : (
            <button type="button" class="button primary" onClick={() => void watch()}>
              {text('optionsScanCamera')}
            </button>
          )}
          <label class="button file-button">
            {text('optionsScanFile')}
            <input
              type="file"
              accept="image/*"
              onChange={(event) => void readFile(event.currentTarget.files?.[0] ?? undefined)}
            />
          </label>
          <a class="button plain" href="../../popup/index.html">
            {text('optionsBack')}
          </a>
        </div>
      </section>
    </main>
  );
}
