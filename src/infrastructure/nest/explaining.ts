import type { Explaining } from '../../application/audit/ticket-history';
import { sentenceOf } from '../phrasing/problems/catalogue';
import { articleText } from '../phrasing/procedure/articles';
import { chainOf } from '../proof/chain-of';

/** The words of an explanation: the act's for articles, those of the API for refusals. */
export const explaining: Explaining = {
  chainOf,
  wordsOfArticle: articleText,
  sentenceOf: (code, policies) => sentenceOf(code, policies['lead-time'].value),
};
