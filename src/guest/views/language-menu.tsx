// The languages of the page, each by its own name. The choice stands in the address and nowhere else: the page is loaded anew with it, and finds
// the invitation that its tab keeps.
import { useId } from 'preact/hooks';
import { languageTag, text } from '../../ui/texts/text.ts';
import { type LanguageTable, otherLanguages } from '../model/languages.ts';

/** “Deutsch” for `de`; the tag itself where the browser knows no name. */
const ownName = (tag: string): string => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/** The address of this page in another language, without what stands behind the #. */
export function addressIn(tag: string, href: string): string {
  const address = new URL(href);
  address.searchParams.set('lang', tag);
  address.hash = '';
  return address.href;
}

interface Props {
  readonly languages?: LanguageTable;
  readonly onChoose?: (tag: string) => void;
}

export function LanguageMenu({
  languages = otherLanguages,
  onChoose = (tag) => location.replace(addressIn(tag, location.href)),
}: Props) {
  const id = useId();
  const tags = ['en', ...Object.keys(languages)];
  if (tags.length === 1) return null;
  return (
    <div class="guest-language">
      <label for={id}>{text('guestLanguage')}</label>
      <select id={id} class="input" value={languageTag()} onChange={(event) => onChoose(event.currentTarget.value)}>
        {tags.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {ownName(tag)}
          </option>
        ))}
      </select>
    </div>
  );
}
