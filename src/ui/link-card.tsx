// The own contact link to give away: as text, by a copy button, and as a QR code.
import { useId } from 'preact/hooks';
import { CopyButton } from './copy-button.tsx';
import { QrCode } from './qr-code.tsx';
import { text } from './texts/text.ts';

export interface LinkCardProps {
  readonly link: string;
  readonly relayCount: number;
}

export function LinkCard({ link, relayCount }: LinkCardProps) {
  const fieldId = useId();
  return (
    <div class="link-card">
      {relayCount === 0 ? (
        <p class="warning" role="note">
          {text('uiLinkNoRelay')}
        </p>
      ) : null}
      <div class="link-card-text">
        <div class="field">
          <label for={fieldId}>{text('uiMyLink')}</label>
          <textarea
            id={fieldId}
            class="input mono"
            rows={4}
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
        <CopyButton label={text('uiCopyLink')} content={link} copied={text('uiLinkCopied')} primary />
        <p class="hint">{text('uiLinkHint')}</p>
      </div>
      <QrCode content={link} label={text('uiLinkQr')} />
    </div>
  );
}
