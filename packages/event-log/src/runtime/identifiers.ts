import { hash, randomInt } from 'node:crypto';
import { parse, v7 } from 'uuid';
import type { Identifiers } from '../ports/identifiers';

/** Under this name space stand the derived ids of every installation: the same parts give the same id everywhere, for ever. */
const nameSpace = parse('a1b7ec7a-1ba5-5720-9e3d-7c1e7a1ba570');

/** A uuid of version 5, written out here: every event has one, and the package takes five times as long. */
export const deriveIdentifier = (...parts: readonly string[]): string => {
  const digits = hash('sha1', Buffer.concat([nameSpace, Buffer.from(parts.join('\u001f'))]));
  const variant = ((parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
};

/** Ids and chance from the machine's own source of randomness. */
export const createIdentifiers = (): Identifiers => ({
  next: () => v7(),
  derive: deriveIdentifier,
  between: (min, max) => randomInt(min, max + 1),
});
