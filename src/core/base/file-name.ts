// The name of a file from somebody else, made safe to show and to save (compare docs/hostile-cases.md#e14 for names of people).
import { utf8 } from './bytes.ts';
import { settled, withoutLooseJoiners } from './visible-text.ts';

/** What file systems take, with room for " (1)". */
const maxBytes = 200;
const maxExtensionLength = 16;
const maxMarksInARow = 3;

/** Path separators, what Windows reserves, controls, bidi and zero-width characters but joiners, private use, and letters that show nothing. */
const unsafe =
  /[/\\<>:"|?*]|(?![\u{FE00}-\u{FE0F}\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Every kind of space, and the braille blank, which looks like one: it could push the ending of a name out of sight. */
const blanks = /[\s\p{Z}\u2800]+/gu;
const tooManyMarks = new RegExp(`(\\p{M}{${maxMarksInARow}})\\p{M}+`, 'gu');
/** Names of devices on Windows, whatever their extension. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/**
 * A name of at most 200 bytes that is no path, hides no extension and opens no device. Cleaning twice changes nothing.
 * @returns 'file' when nothing is left.
 */
export function cleanFileName(raw: string): string {
  const clean = settled(raw.slice(-1024).toWellFormed(), cleanOnce);
  return clean === '' ? 'file' : clean;
}

function cleanOnce(text: string): string {
  const oneLine = withoutLooseJoiners(text.replace(unsafe, '').replace(blanks, ' ')).normalize('NFC');
  // A leading dot hides a file, a trailing one vanishes on Windows.
  const bare = oneLine
    .replace(tooManyMarks, '$1')
    .replace(/^[. \p{M}]+|[. ]+$/gu, '')
    .replace(device, '_$&');
  return shorten(bare);
}

/** Endings that some system runs, installs or obeys when such a file is opened, or that lead elsewhere. */
const runningEndings: ReadonlySet<string> = new Set(
  (
    'exe com scr pif bat cmd ps1 psm1 psd1 msi msp msix msixbundle appx appxbundle appinstaller cpl dll sys drv ocx gadget hta jar jnlp ' +
    'js jse mjs vbs vbe vb wsf wsh wsc sct reg inf lnk url website scf library-ms search-ms settingcontent-ms application appref-ms ' +
    'diagcab msc chm hlp iso img vhd vhdx xll xlam xlsm xltm xlsb docm dotm pptm potm ppam ppsm sldm one onepkg mht mhtml html htm ' +
    'xhtml xht shtml svg svgz xml xsl swf app command terminal tool workflow action pkg dmg mpkg kext scpt scptd applescript osax webloc ' +
    'fileloc inetloc mobileconfig desktop sh bash zsh csh ksh fish run bin out elf appimage deb rpm snap flatpakref flatpak py pyc pyw ' +
    'pyz rb pl php lua apk apks xapk aab ipa crx xpi ade adp mde accde rdp theme themepack'
  ).split(' '),
);

/** Whether opening a file of this name, cleaned, may do more than show it. */
export function mayRun(name: string): boolean {
  const ending = /\.([^.]+)$/u.exec(name.normalize('NFKC').toLowerCase())?.[1]?.trim();
  return ending !== undefined && runningEndings.has(ending);
}

/** Cuts the middle away: what kind of file it is stays visible. */
function shorten(name: string): string {
  if (utf8(name).length <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= maxExtensionLength ? name.slice(dot) : '';
  let stem = '';
  const room = maxBytes - utf8(extension).length;
  for (const character of extension === '' ? name : name.slice(0, dot)) {
    if (utf8(stem + character).length > room) break;
    stem += character;
  }
  return `${stem.trimEnd()}${extension}`;
}
