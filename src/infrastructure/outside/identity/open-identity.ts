import type { JWTPayload } from 'jose';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { IdentitySettings } from './identity-settings';
import { defined } from '@tichet-albastru/kernel/defined';
import type { HttpLimits, HttpWatch } from '../http-client/http-client';
import { checkedClaims, type TokenRules } from './access-tokens';
import { type IssuerDocument, readIssuerDocument } from './issuer-document';
import { type IssuerDoor, openIssuerDoor } from './issuer-door';
import { keyFinder, readIssuerKeys } from './issuer-keys';
import { IssuerUnavailable } from './issuer-unavailable';
import { documentPace, type ReadingPace, seldomRead } from './seldom-read';

/** The identity provider, as everything here sees it. */
export type Identity = {
  readonly settings: IdentitySettings;
  readonly door: IssuerDoor;
  /** @throws IssuerUnavailable */
  document(): Promise<IssuerDocument>;
  /** The claims of a good access token for the API. @throws IssuerUnavailable */
  accessClaims(token: string): Promise<JWTPayload | undefined>;
  /** The claims of a good token of the provider by other rules. @throws IssuerUnavailable */
  claims(token: string, rules: Omit<TokenRules, 'issuer'>): Promise<JWTPayload | undefined>;
  /** Once the provider's keys are known. @throws IssuerUnavailable */
  keysKnown(): Promise<void>;
  /** The same, at the start. A provider that is away is told in the log, and keeps nothing from starting. */
  greet(): Promise<void>;
  close(): Promise<void>;
};

/** RFC 9068 has more; these two no provider leaves out, and without them an act cannot be traced to a person. */
const needed = ['iat', 'sub'];
/** An id token has one of them, an access token none; looked at where the type of the header tells nothing. */
const ofIdTokens = ['nonce', 'at_hash', 'c_hash', 's_hash'];

export const openIdentity = (
  settings: IdentitySettings,
  {
    clock,
    logger,
    watch,
    limits,
    pace = documentPace,
  }: {
    readonly clock: Clock;
    readonly logger: Logger;
    readonly watch: HttpWatch;
    readonly limits?: HttpLimits;
    readonly pace?: ReadingPace;
  },
): Identity => {
  const now = (): number => Date.parse(clock.now());
  const door = openIssuerDoor({ watch, now, ...defined({ limits }) });
  const toJournal = (reason: string, code?: string): void => {
    logger.warn('identity.unavailable', { reason, ...defined({ code }) });
  };
  const documents = seldomRead(() => readIssuerDocument(door, settings.issuer), now, pace, toJournal);
  const keys = seldomRead(async () => readIssuerKeys(door, (await documents.current()).jwks_uri), now, pace, toJournal);
  const findKey = keyFinder(keys);
  const claims: Identity['claims'] = (token, rules) => checkedClaims(token, { ...rules, issuer: settings.issuer }, findKey, clock);
  const keysKnown = async (): Promise<void> => {
    await keys.current();
  };
  const { audience, tokenType: type } = settings;
  return {
    settings,
    door,
    document: () => documents.current(),
    accessClaims: (token) => claims(token, { audience, type, needs: needed, never: type === 'JWT' ? ofIdTokens : [] }),
    claims,
    keysKnown,
    greet: async () => {
      try {
        await keysKnown();
        logger.info('identity.ready');
      } catch (error) {
        if (!(error instanceof IssuerUnavailable)) throw error;
      }
    },
    close: () => door.close(),
  };
};
