import type { Clock } from '../../../application/kernel/ports/clock';
import type { IdentitySettings } from './identity-settings';
import { IssuerUnavailable } from './issuer-unavailable';
import { openIdentity } from './open-identity';

const quiet = (): void => undefined;

/** Why the provider cannot be used now, in a word; `undefined` when it can, or when there is none. */
export const identityFault = async (settings: IdentitySettings | undefined, clock: Clock): Promise<string | undefined> => {
  if (settings === undefined) return undefined;
  const identity = openIdentity(settings, { clock, logger: { info: quiet, warn: quiet, error: quiet }, watch: quiet });
  try {
    await identity.keysKnown();
    return undefined;
  } catch (error) {
    if (error instanceof IssuerUnavailable) return error.reason;
    throw error;
  } finally {
    await identity.close();
  }
};
