import { randomInt } from 'node:crypto';
import { v5, v7 } from 'uuid';
import type { Identifiers } from '../../application/ports/identifiers';

/** Under this name space stand the derived ids of every installation: the same parts give the same id everywhere, for ever. */
const nameSpace = 'a1b7ec7a-1ba5-5720-9e3d-7c1e7a1ba570';

export const deriveIdentifier = (...parts: readonly string[]): string => v5(parts.join('\u001f'), nameSpace);

/** Ids and chance from the machine's own source of randomness. */
export const createIdentifiers = (): Identifiers => ({
  next: () => v7(),
  derive: deriveIdentifier,
  between: (min, max) => randomInt(min, max + 1),
});
