import { createHmac } from 'node:crypto';
import type { Operations } from '../../../../application/kernel/ports/operations';
import type { Instant } from '../../../../domain/kernel/fact';
import { openIfFitting, sealText } from '../../../log/keys/encrypting';

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
export const createStoredTokens = (keyValues: Operations['keyValues'], key: Buffer) => ({
  /** Of whatever was sealed with another key nothing is known. */
  read: async (): Promise<StoredTokens | undefined> => {
    const sealed = await keyValues.get(register);
    const clear = sealed === undefined ? undefined : openIfFitting(key, Buffer.from(sealed, 'base64'), register);
    const value: unknown = clear === undefined ? undefined : JSON.parse(clear.toString());
    return isKept(value) ? value : undefined;
  },
  keep: (tokens: StoredTokens): Promise<void> =>
    keyValues.put(register, sealText(key, JSON.stringify(tokens), register).toString('base64')),
  tagOf: (token: string): string => createHmac('sha256', key).update(token).digest('base64url'),
});
export type TokensKeeper = ReturnType<typeof createStoredTokens>;
