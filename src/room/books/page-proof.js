// Stands in a book that was saved as one page: checks, with nothing but the browser, that what the page shows is what its authors have signed.
// Written as it runs; plain on purpose, so that whoever opens the page can read it.
const prove = async () => {
  const { subtle } = crypto;
  const utf8 = (words) => new TextEncoder().encode(words);
  const fromBase64 = (words) => Uint8Array.from(atob(words), (sign) => sign.charCodeAt(0));
  const fromBase64url = (words) => fromBase64(words.replaceAll('-', '+').replaceAll('_', '/'));
  const toBase64url = (bytes) =>
    btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const proof = JSON.parse(document.getElementById('proof').textContent);
  const { words } = proof;

  // Every entry: signed by its author, in this room.
  const entries = new Map();
  const readEntry = async ({ e, s }) => {
    const body = JSON.parse(e);
    const isFounding = body.k === 'found';
    const room = isFounding ? new Uint8Array(32) : fromBase64url(proof.room);
    const signed = joined(utf8('ffc/1 room entry\0'), room, utf8(e));
    const key = await subtle.importKey('raw', fromBase64url(body.a), 'Ed25519', false, ['verify']);
    if (!(await subtle.verify('Ed25519', key, fromBase64url(s), signed))) return;
    if (isFounding && toBase64url(await sha256(joined(utf8('ffc/1 room\0'), utf8(e)))) !== proof.room) return;
    entries.set(toBase64url(await sha256(signed)), body);
  };
  for (const entry of proof.entries) await readEntry(entry).catch(() => undefined);

  // Somebody was let in by the founder, or by somebody who was.
  const isMember = (who, asked = []) =>
    [...entries.values()].some(
      ({ k, a, who: named }) =>
        (k === 'found' && a === who) ||
        (k === 'admit' && named === who && !asked.includes(a) && isMember(a, [...asked, who])),
    );

  const blockLength = 1_048_576;
  /** How many bytes of a file were checked; undefined where they are not what was signed. */
  const checkFile = async (element, blob) => {
    const at = (element.getAttribute('src') ?? element.getAttribute('href') ?? '').split(',');
    const bytes = fromBase64(at[1] ?? '');
    const hashes = [];
    for (let from = 0; from < bytes.length; from += blockLength)
      hashes.push(await sha256(bytes.subarray(from, from + blockLength)));
    const isRight = bytes.length === blob.size && toBase64url(await sha256(joined(...hashes))) === blob.hash;
    return isRight ? bytes.length : undefined;
  };

  const plain = (shown) => shown.replace(/\r\n?/g, '\n');
  const check = async (chapter) => {
    const body = entries.get(chapter.dataset.entry);
    const isIn = body?.k === 'chapter' && body.book === proof.book && isMember(body.a);
    if (!isIn || chapter.dataset.author !== body.a) return words.unsigned;
    if (plain(chapter.querySelector('h2').textContent) !== plain(body.title)) return words.title;
    const shownSource = chapter.querySelector('[data-source]')?.textContent ?? '';
    if (plain(shownSource) !== plain(body.source ?? '')) return words.source;
    let bytes = 0;
    const missing = [];
    const shown = [...chapter.querySelectorAll('[data-part]')];
    const wanted = body.parts.flatMap(({ text, blob }) => [
      ...(text === undefined ? [] : [text]),
      ...(blob ? [blob] : []),
    ]);
    if (shown.length !== wanted.length) return words.text;
    for (const [place, part] of wanted.entries()) {
      const element = shown[place];
      if (typeof part === 'string') {
        if (plain(element.textContent) !== plain(part)) return words.text;
        bytes += utf8(part).length;
      } else if (element.dataset.part === 'missing') missing.push(part.name);
      else if (element.dataset.part === 'file-text') {
        const content = utf8(element.textContent);
        const hash = toBase64url(await sha256(await sha256(content)));
        if (hash !== part.hash) return words.file.replace('{name}', part.name);
        bytes += content.length;
      } else {
        const checked = await checkFile(element, part);
        if (checked === undefined) return words.file.replace('{name}', part.name);
        bytes += checked;
      }
    }
    for (const review of chapter.querySelectorAll('[data-review]')) {
      const said = entries.get(review.dataset.review);
      const isRight =
        said?.k === 'review' &&
        said.of === chapter.dataset.entry &&
        said.verdict === review.dataset.verdict &&
        isMember(said.a) &&
        plain(review.querySelector('[data-words]').textContent) === plain(said.text);
      if (!isRight) return words.review;
    }
    const right = words.right.replace('{bytes}', bytes.toLocaleString(document.documentElement.lang || 'en'));
    const rest = missing.length === 0 ? '' : ` ${words.missing.replace('{names}', missing.join(', '))}`;
    return { right: right + rest };
  };

  for (const chapter of document.querySelectorAll('article[data-entry]')) {
    const found = await check(chapter).catch(() => words.unsigned);
    const place = chapter.querySelector('.proof');
    place.textContent = typeof found === 'string' ? found : found.right;
    place.classList.toggle('wrong', typeof found === 'string');
  }
};
// Whatever goes wrong before a chapter is looked at, each goes on saying that it was not checked.
prove().catch(() => undefined);
