import { createHmac } from 'node:crypto';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { Instant } from '../../../../domain/kernel/fact';
import { openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';

/** What was last received, and with which first token it began. */
export type StoredTokens = {
  readonly accessToken: string;
  readonly expiresAt: Instant;
  readonly refreshToken: string;
  /** a tag of the administrator's first token: another one begins anew */
  readonly first: string;
};

const register = 'webex-tokens';

const isKept = (value: unknown): value is StoredTokens =>
  typeof value === 'object' &&
  value !== null &&
  ['accessToken', 'expiresAt', 'refreshToken', 'first'].every((name) => typeof Reflect.get(value, name) === 'string');

/** Tokens in the operations store, sealed and bound to their place, for all processes of the installation. */
export const createStoredTokens = (keyValues: Operations['keyValues'], key: Buffer, former: readonly Buffer[] = []) => {
  const tagUnder = (by: Buffer, token: string): string => createHmac('sha256', by).update(token).digest('base64url');
  const openedWith = (by: Buffer, sealed: string): StoredTokens | undefined => {
    const clear = openIfFitting(by, Buffer.from(sealed, 'base64'), register);
    const value: unknown = clear === undefined ? undefined : JSON.parse(clear.toString());
    return isKept(value) ? value : undefined;
  };
  const keep = (tokens: StoredTokens): Promise<void> =>
    keyValues.put(register, sealText(key, JSON.stringify(tokens), register).toString('base64'));
  return {
    /**
     * What was sealed with another key cannot be read. What was kept before the keys were rotated is kept anew.
     * @param first the administrator's first token, as it is now
     */
    read: async (first: string): Promise<StoredTokens | undefined> => {
      const sealed = await keyValues.get(register);
      if (sealed === undefined) return undefined;
      const standing = openedWith(key, sealed);
      if (standing !== undefined) return standing;
      for (const by of former) {
        const before = openedWith(by, sealed);
        if (before?.first !== tagUnder(by, first)) continue;
        const kept = { ...before, first: tagUnder(key, first) };
        await keep(kept);
        return kept;
      }
      return undefined;
    },
    keep,
    tagOf: (token: string): string => tagUnder(key, token),
  };
};
export type TokensKeeper = ReturnType<typeof createStoredTokens>;
