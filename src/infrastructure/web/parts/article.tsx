import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { articleInWords } from '../../phrasing/procedure/articles';

/** The article, with the way to its text where the procedure has it. */
export const Article = ({ article, locale }: { readonly article: string; readonly locale: Locale }): VNode =>
  article.startsWith('GDPR ') ? (
    <span>{articleInWords(article, locale)}</span>
  ) : (
    <a href={`/procedura#art-${article.split(' ')[0] ?? article}`}>{articleInWords(article, locale)}</a>
  );
