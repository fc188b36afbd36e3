import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from 'openid-client';
import type { Role } from '../../../application/kernel/access';
import { isJsonObject, type JsonObject } from '@tichet-albastru/kernel/json.codec';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { clockTolerance } from './access-tokens';
import { methodFor } from './client-authentication';
import { officialIn, type Stranger } from './claims-of-officials';
import { clientRefused, IssuerUnavailable } from './issuer-unavailable';
import type { Identity } from './open-identity';
import type { People } from './people';
import { clientOf, refusalOf } from './provider-client';

/** What the provider has said of a person at a browser, and until when that counts. */
export type ProviderSession = {
  readonly official: { readonly role: Role; readonly person: string };
  /** which provider said so: what another one says counts for nothing */
  readonly issuer: string;
  /** whom the provider means, in its own words */
  readonly subject: string;
  /** the session there, where it says so */
  readonly sid?: string;
  /** how and when they signed in there, where it says so: a renewal need not repeat it */
  readonly acr?: string;
  readonly authTime?: number;
  readonly until: Instant;
  /** with it the provider is asked again; left out, they sign in again */
  readonly refreshToken?: string;
};

/** What has ended at the provider: one session, or all sessions of a person. */
type EndedThere = {
  /** of the message, which counts once */
  readonly id: string;
  readonly until: Instant;
  readonly issuer: string;
  readonly subject?: string;
  readonly sid?: string;
};

/** A sign-in that is under way; kept where only the browser that began it has it. */
export type BegunSignIn = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Why there was no sign-in: the provider or a check refused. */
export type NotSignedIn = { readonly kind: 'refused' };
export type SignInOutcome = ProviderSession | Stranger | NotSignedIn;

export const isSession = (outcome: SignInOutcome): outcome is ProviderSession => 'until' in outcome;

/** The pages as a client of the provider: authorization code with PKCE, state and nonce. All of it: @throws IssuerUnavailable */
export type ProviderSignIn = {
  /** @param anew ask for the name and password even of who is signed in there */
  begin(returnTo: URL, anew: boolean): Promise<{ readonly url: URL; readonly begun: BegunSignIn }>;
  /** @param returned the address that the provider sent the browser to */
  finish(returned: URL, begun: BegunSignIn): Promise<SignInOutcome>;
  refresh(session: ProviderSession): Promise<SignInOutcome>;
  /** What a sign-out message of the provider says has ended; `undefined` for what is none. */
  ended(logoutToken: string): Promise<EndedThere | undefined>;
  /** Where one signs out of the provider as well; nothing personal in it. `undefined` where it has no such page. */
  endUrl(backTo: URL): Promise<URL | undefined>;
};

const signOutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const isSignOut = (events: unknown): boolean => isJsonObject(events) && isJsonObject(events[signOutEvent]);

const refused: NotSignedIn = { kind: 'refused' };
const waitAfterRefusal = 30;

export const providerSignIn = (identity: Identity, logger: Logger, people: Pick<People, 'pseudonymOf'>): ProviderSignIn => {
  const { settings } = identity;
  const { clientId, issuer, scope, acrValues, maxAgeMinutes } = settings;
  const configuration = (): Promise<Configuration> => clientOf(identity);

  /** Our own refusals are values; that the provider cannot be asked stays what it is. @throws IssuerUnavailable */
  const orRefused = async (asked: () => Promise<SignInOutcome>): Promise<SignInOutcome> => {
    try {
      return await asked();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      const { kind, code } = refusal;
      if (kind === 'client') {
        // our client is set up wrongly there: no fault of the person's
        logger.error('identity.client-refused', { code, method: methodFor(settings, await identity.document()) });
        throw new IssuerUnavailable(clientRefused, waitAfterRefusal);
      }
      logger.warn('identity.sign-in-refused', { code });
      return refused;
    }
  };

  /** The library has compared what the id token says; who signed it we look at ourselves, as with every other token. */
  const outcomeOf = async (
    { id_token: idToken, refresh_token: refreshToken }: { readonly id_token?: string; readonly refresh_token?: string },
    before?: ProviderSession,
  ): Promise<SignInOutcome> => {
    const claims =
      idToken === undefined ? undefined : await identity.claims(idToken, { audience: clientId, needs: ['iat', 'sub'], never: [] });
    if (claims?.sub === undefined || claims.exp === undefined) return refused;
    if (before !== undefined && claims.sub !== before.subject) return refused;
    const signedIn: JsonObject = { ...defined({ acr: before?.acr, auth_time: before?.authTime }), ...claims };
    const official = await officialIn(signedIn, settings, people);
    if (official.kind === 'stranger') return official;
    const { role, person } = official;
    const sid = typeof claims['sid'] === 'string' ? claims['sid'] : before?.sid;
    const [acr, authTime] = [signedIn['acr'], signedIn['auth_time']];
    return {
      official: { role, person },
      issuer,
      subject: claims.sub,
      until: new Date(claims.exp * 1000).toISOString(),
      ...(typeof acr === 'string' && { acr }),
      ...(typeof authTime === 'number' && { authTime }),
      ...defined({ sid, refreshToken: refreshToken ?? before?.refreshToken }),
    };
  };

  return {
    begin: async (returnTo, anew) => {
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: returnTo.href,
        response_type: 'code',
        scope,
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        ...(anew ? { prompt: 'login' } : {}),
        ...(acrValues && { acr_values: acrValues.join(' ') }),
        ...(maxAgeMinutes !== undefined && { max_age: String(maxAgeMinutes * 60) }),
      });
      return { url, begun };
    },
    finish: (returned, { state, nonce, verifier }) =>
      orRefused(async () =>
        outcomeOf(
          await authorizationCodeGrant(await configuration(), returned, {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true,
          }),
        ),
      ),
    refresh: (session) =>
      orRefused(async () => {
        const { refreshToken } = session;
        if (refreshToken === undefined) return refused;
        return outcomeOf(await refreshTokenGrant(await configuration(), refreshToken), session);
      }),
    ended: async (logoutToken) => {
      const claims = await identity.claims(logoutToken, {
        audience: clientId,
        // a provider that cannot name the type of an access token cannot name that of this either: what it says tells it from an id token
        ...(settings.tokenType === 'JWT' ? {} : { type: 'logout+jwt' }),
        needs: ['iat', 'jti'],
        never: ['nonce'],
      });
      if (claims?.jti === undefined || claims.exp === undefined || !isSignOut(claims['events'])) return undefined;
      const { jti: id, exp, sub: subject } = claims;
      const sid = typeof claims['sid'] === 'string' ? claims['sid'] : undefined;
      if (subject === undefined && sid === undefined) return undefined;
      return { id, issuer, until: new Date(exp * 1000 + clockTolerance * 1000).toISOString(), ...defined({ subject, sid }) };
    },
    endUrl: async (backTo) => {
      const { end_session_endpoint: end } = await identity.document();
      if (end === undefined) return undefined;
      return buildEndSessionUrl(await configuration(), { post_logout_redirect_uri: backTo.href });
    },
  };
};
