// Reads what an HTML page says of itself before anything else happens in it.

/** The content of the page's `<meta http-equiv>` of that name. */
export function metaOf(html: string, name: string): string | undefined {
  const tag = [...html.matchAll(/<meta\b[^>]*>/g)].find(([text]) => new RegExp(`http-equiv="${name}"`, 'i').test(text));
  return /content="([^"]*)"/.exec(tag?.[0] ?? '')?.[1];
}

/** Directives of a content security policy, each with its sources. */
export function cspOf(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
}

/** What in a page makes a browser look up or fetch something that nobody has clicked. */
export function weaknessesOf(html: string): readonly string[] {
  const off = html.search(/<meta[^>]*http-equiv="x-dns-prefetch-control"[^>]*>/i);
  const first = html.search(/<(?:link|script|style|a|img|body)\b/i);
  return [
    ...(metaOf(html, 'x-dns-prefetch-control') === 'off' && off < first ? [] : ['names in links are looked up']),
    ...(/rel="?(?:dns-prefetch|preconnect|prefetch|prerender|preload)/i.test(html)
      ? ['something is fetched ahead']
      : []),
    ...(/type="?speculationrules/i.test(html) ? ['links are followed ahead'] : []),
    ...(/(?:src|href)="?(?:https?:)?\/\//i.test(html) ? ['something comes from elsewhere'] : []),
  ];
}
