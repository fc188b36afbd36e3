export type JsonLimits = { readonly depth: number; readonly keys: number };
/** What a JSON body may be. Fixed: a case needs none of it to be larger. */
export const jsonLimits: JsonLimits = { depth: 32, keys: 200 };

export type JsonFaultKind =
  'not-utf-8' | 'not-json' | 'too-deep' | 'too-many-keys' | 'duplicate-key' | 'forbidden-key' | 'number-out-of-range' | 'broken-text';
/** `field`: where, as `week.mon`; empty for the body as a whole. `at`: the character where reading stopped, from 1. */
export type JsonFault = { readonly kind: JsonFaultKind; readonly field: string; readonly at?: number };
export type JsonRead = { readonly value: unknown } | { readonly fault: JsonFault };

/** No body and no query may hold them. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const token = /[{}[\],]|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const loneSurrogate = /\p{Surrogate}/u;
const speakable = /^[\w-]{1,40}$/;

type Level = { readonly kind: 'object' | 'array'; readonly keys: Set<string>; name: string; expectsKey: boolean };

/** Walks text that is known to be JSON and finds what `JSON.parse` passes over. */
const firstFault = (text: string, limits: JsonLimits): JsonFault | undefined => {
  const levels: Level[] = [];
  let keys = 0;
  const found = (kind: JsonFaultKind): JsonFault => ({
    kind,
    field: levels.flatMap(({ name }) => (speakable.test(name) ? [name] : [])).join('.'),
  });
  for (const [part] of text.matchAll(token)) {
    const level = levels.at(-1);
    if (part === '{' || part === '[') {
      levels.push({ kind: part === '{' ? 'object' : 'array', keys: new Set(), name: '', expectsKey: part === '{' });
    } else if (part === '}' || part === ']') {
      levels.pop();
    } else if (part === ',') {
      if (level?.kind === 'object') level.expectsKey = true;
    } else if (part.startsWith('"')) {
      const content: unknown = JSON.parse(part);
      if (typeof content !== 'string' || loneSurrogate.test(content)) return found('broken-text');
      if (level?.expectsKey !== true) continue;
      level.name = content;
      level.expectsKey = false;
      keys += 1;
      if (forbiddenKeys.has(content)) return found('forbidden-key');
      if (level.keys.has(content)) return found('duplicate-key');
      if (keys > limits.keys) return { kind: 'too-many-keys', field: '' };
      level.keys.add(content);
    } else if (!Number.isFinite(Number(part))) {
      return found('number-out-of-range');
    }
  }
  return undefined;
};

/** For proofs, exports, the log and the texts of its events (docs/proof-verification.md), even where a runtime's own reader takes more. */
export const deepest = 64;
/** Each takes far more memory than its letter. */
const mostOpened = 1_000_000;

/** Whether there are no more in all than may lie one within the other: so it is with nearly every event, and this is quickly known. */
const opensFew = (text: string, most: number): boolean => {
  let opened = 0;
  for (const bracket of '{[')
    for (let at = text.indexOf(bracket); at >= 0 && opened <= most; at = text.indexOf(bracket, at + 1)) opened += 1;
  return opened <= most;
};

/** Whether a text opens more brackets than this one within the other, or too many in all, be it JSON or none. Those within strings are none. */
export const opensTooMany = (text: string, most = deepest): boolean => {
  if (opensFew(text, most)) return false;
  let [depth, opened] = [0, 0];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) at += letter === '\\' ? 1 : 0;
    else if (letter === '}' || letter === ']') depth -= 1;
    else if (letter === '{' || letter === '[') {
      depth += 1;
      opened += 1;
      if (depth > most || opened > mostOpened) return true;
    }
  }
  return false;
};

const notJson = (error: unknown): JsonFault => {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return { kind: 'not-json', field: '', ...(position === undefined ? {} : { at: Number(position) + 1 }) };
};

/**
 * Reads a JSON body and refuses what would make two readers disagree: a key written twice, `__proto__`, a number that is
 * no number, broken text, and bodies made to exhaust a reader.
 */
export const readStrictJson = (bytes: Uint8Array, limits = jsonLimits): JsonRead => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { fault: { kind: 'not-utf-8', field: '' } };
  }
  if (opensTooMany(text, limits.depth)) return { fault: { kind: 'too-deep', field: '' } };
  try {
    const value: unknown = JSON.parse(text);
    const fault = firstFault(text, limits);
    return fault === undefined ? { value } : { fault };
  } catch (error) {
    return { fault: notJson(error) };
  }
};
