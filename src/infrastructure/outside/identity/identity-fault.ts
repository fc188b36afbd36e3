import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import { defined } from '@tichet-albastru/kernel/defined';
import { type ConnectionFault, faultByCode } from '../connection-fault';
import type { HttpLimits } from '../http-client/http-client';
import type { IdentitySettings } from './identity-settings';
import { IssuerUnavailable } from './issuer-unavailable';
import { type Identity, openIdentity } from './open-identity';
import { clientRefusal } from './provider-client';

const quiet = (): void => undefined;

const whileOpen = async <T>(
  settings: IdentitySettings,
  clock: Clock,
  look: (identity: Identity) => Promise<T>,
  limits?: HttpLimits,
): Promise<T | IssuerUnavailable> => {
  const logger = { info: quiet, warn: quiet, error: quiet };
  const identity = openIdentity(settings, { clock, logger, watch: quiet, ...defined({ limits }) });
  try {
    await identity.keysKnown();
    return await look(identity);
  } catch (error) {
    if (error instanceof IssuerUnavailable) return error;
    throw error;
  } finally {
    await identity.close();
  }
};

/** Why the provider cannot be used now, in a word; `undefined` when it can, or when there is none. */
export const identityFault = async (settings: IdentitySettings | undefined, clock: Clock): Promise<string | undefined> =>
  settings && (await whileOpen(settings, clock, () => Promise.resolve(undefined)))?.reason;

const byReason: Readonly<Record<string, ConnectionFault['cause']>> = {
  'rate-limited': 'rate-limited',
  failing: 'failing',
  'no-document': 'path',
  'other-issuer': 'issuer',
};

const faultIn = ({ reason, code = '' }: IssuerUnavailable): ConnectionFault =>
  reason === 'not-reached' || reason === 'no-answer'
    ? faultByCode(code)
    : { cause: byReason[reason] ?? 'something-else', code: reason === 'no-document' ? code : reason };

/** The same, with the cause, and as the client that the pages are: a code that is none must be refused as that, and not the client. */
export const identityConnectionFault = async (
  settings: IdentitySettings,
  clock: Clock,
  returnTo: URL,
  limits: HttpLimits,
): Promise<ConnectionFault | undefined> => {
  const found = await whileOpen(settings, clock, (identity) => clientRefusal(identity, returnTo), limits);
  if (found instanceof IssuerUnavailable) return faultIn(found);
  return found === undefined ? undefined : { cause: 'client', code: found };
};
