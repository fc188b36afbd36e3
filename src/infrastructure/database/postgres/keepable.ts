/** PostgreSQL keeps no U+0000 in a text, and refuses to look for one: nothing has such a name there. */
export const isKeepable = (text: string): boolean => !text.includes('\0');

/** What it keeps in place of a text with U+0000. */
export const keepable = (text: string): string => (isKeepable(text) ? text : text.replaceAll('\0', '\uFFFD'));
