// A person without a picture: initials on a colour that is always the same for the same name. Decoration, hidden from readers.

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and the last word, at most two characters as people see them. */
function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const [first] = graphemes.segment(word ?? '');
    return first?.segment ?? '';
  });
  return letters.join('').toLocaleUpperCase() || '?';
}

function hueOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return sum;
}

export function Avatar({ name, speaking = false }: { readonly name: string; readonly speaking?: boolean }) {
  return (
    <div class={`avatar${speaking ? ' speaking' : ''}`} style={{ '--hue': `${hueOf(name)}` }} aria-hidden="true">
      {initials(name)}
    </div>
  );
}
