import type { LightMyRequestResponse } from 'fastify';
import { linksIn } from './markup';
import type { Visitor } from './visitors';

export type Seen = { readonly by: string; readonly url: string; readonly answer: LightMyRequestResponse; readonly html: string };

export const isPage = (answer: LightMyRequestResponse): boolean => String(answer.headers['content-type']).startsWith('text/html');

/** Addresses of the same page about different things: a week after a week has no end. */
const kindOf = (url: string): string => {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const path = pathname.replace(/[\da-f]{8}-[\da-f-]{27}|TA-\w{8}|\d[\d.-]*|s00\d/g, ':');
  return `${path}?${[...searchParams.keys()].sort().join('&')}`;
};
const mostOfAKind = 5;

/** Every page of ours that links lead to from these, as this visitor sees them. */
export const walk = async (visitor: Visitor, from: readonly string[]): Promise<readonly Seen[]> => {
  const seen: Seen[] = [];
  const known = new Set<string>();
  const ofKind = new Map<string, number>();
  const ahead: string[] = [];
  const note = (url: string): void => {
    const address = url.split('#')[0] ?? '';
    if (!address.startsWith('/') || address.startsWith('//') || /^\/(api|assets|limba|health)\//.test(address) || known.has(address))
      return;
    const kind = kindOf(address);
    const before = ofKind.get(kind) ?? 0;
    if (before >= mostOfAKind) return;
    ofKind.set(kind, before + 1);
    known.add(address);
    ahead.push(address);
  };
  for (const url of from) note(url);
  for (let url = ahead.shift(); url !== undefined; url = ahead.shift()) {
    const answer = await visitor.get(url);
    const { location } = answer.headers;
    if (typeof location === 'string') note(location);
    const html = isPage(answer) ? answer.body : '';
    seen.push({ by: visitor.name, url, answer, html });
    for (const link of linksIn(html)) note(link.startsWith('?') ? `${url.split('?')[0] ?? ''}${link}` : link);
  }
  return seen;
};
