import type { FastifyRequest } from 'fastify';
import type { Locale } from '../../../domain/ticket/facts';
import { localeOf } from '../../api/problem/language';
import { languages } from '../../phrasing/sentences';

export const languageCookie = 'limba';

/** The language that was chosen, else the one that the browser likes better. */
export const localeOfPage = (request: FastifyRequest): Locale => {
  const chosen = request.cookies[languageCookie];
  return languages.find((known) => known === chosen) ?? localeOf(request.headers['accept-language']);
};
