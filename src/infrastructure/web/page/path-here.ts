/** A path of ours that somebody asked to be sent to; the first page for anything else. */
export const pathHere = (asked: unknown, otherwise = '/'): string =>
  typeof asked === 'string' && /^\/(?![/\\])[\w\-./~%?=&:+,]*$/.test(asked) ? asked : otherwise;

/**
 * The address of this request as pages may repeat it, in links and in other addresses: the way back from the provider has a code in it,
 * and nobody comes back to where they have signed out.
 */
export const addressToRepeat = (url: string): string => (/^\/intra\/(?:intoarcere|iesit)(?:[?#]|$)/.test(url) ? '/intra' : url);
