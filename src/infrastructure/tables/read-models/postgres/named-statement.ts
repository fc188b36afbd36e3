import { createHash } from 'node:crypto';

const mostKept = 1000;
const names = new Map<string, string>();

/** The same name for the same text: a connection prepares it once. */
export const namedStatement = (text: string): { readonly name: string; readonly text: string } => {
  const kept = names.get(text);
  if (kept !== undefined) return { name: kept, text };
  if (names.size >= mostKept) names.clear();
  const name = `tichet-rows-${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
  names.set(text, name);
  return { name, text };
};
