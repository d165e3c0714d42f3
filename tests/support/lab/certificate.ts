// The certificate of every server in the lab, and how a Chromium is told to trust it and nothing else.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs.ts';

export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Its public key's fingerprint, as Chromium's command line takes it. */
  readonly fingerprint: string;
}

/** Makes a self-signed certificate for these names. */
export function makeCertificate(folder: string, names: readonly string[]): Certificate {
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', keyFile, '-out', certificateFile, '-subj', '/CN=lab'],
    ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
  ]);
  const { publicKey } = new X509Certificate(readFileSync(certificateFile));
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { certificateFile, keyFile, fingerprint: createHash('sha256').update(der).digest('base64') };
}
