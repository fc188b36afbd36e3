/** A path of ours that somebody asked to be sent to; the first page for anything else. */
export const pathHere = (asked: unknown, otherwise = '/'): string =>
  typeof asked === 'string' && /^\/(?![/\\])[\w\-./~%?=&:+,]*$/.test(asked) ? asked : otherwise;
