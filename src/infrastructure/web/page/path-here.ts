/** A path of ours that a request asks to be sent to; the first page for anything else. */
export const pathHere = (asked: unknown, otherwise = '/'): string =>
  typeof asked === 'string' && /^\/(?![/\\])[\w\-./~%?=&:+,]*$/.test(asked) ? asked : otherwise;

/**
 * The address of this request as pages may repeat it, in links and in other addresses. The way back from the provider has a code in it,
 * and the page after signing out is no place to come back to: both become `/intra`.
 */
export const addressToRepeat = (url: string): string => (/^\/intra\/(?:intoarcere|iesit)(?:[?#]|$)/.test(url) ? '/intra' : url);
