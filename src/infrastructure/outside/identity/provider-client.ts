import {
  allowInsecureRequests,
  AuthorizationResponseError,
  ClientError,
  clockTolerance as toleranceOption,
  Configuration,
  customFetch,
  type CustomFetch,
  genericGrantRequest,
  ResponseBodyError,
} from 'openid-client';
import { defined } from '@tichet-albastru/kernel/defined';
import { clockTolerance } from './access-tokens';
import { authenticationOf } from './client-authentication';
import type { IssuerDoor } from './issuer-door';
import { IssuerUnavailable } from './issuer-unavailable';
import type { Identity } from './open-identity';

const isLoopback = (issuer: string): boolean => issuer.startsWith('http:');
/** A `Response` of these is not made with a body, not even with an empty one. */
const withoutBody: readonly number[] = [204, 205, 304];

const throughDoor =
  (door: IssuerDoor): CustomFetch =>
  async (url, { method, headers, body }) => {
    if (method !== 'POST' && method !== 'GET') throw new TypeError(`${method} is nothing that the pages ask.`);
    const text = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : undefined;
    const answer = await door.ask(url, { operation: 'token', method, headers, ...defined({ body: text }) });
    // the library takes a challenge, which comes with a refusal of the client, for the whole answer; the body says which refusal it is
    const told = new Headers(answer.headers);
    told.delete('www-authenticate');
    return new Response(withoutBody.includes(answer.status) ? null : answer.body, { status: answer.status, headers: told });
  };

/** The pages as a client of the provider. @throws IssuerUnavailable */
export const clientOf = async (identity: Identity): Promise<Configuration> => {
  const { settings, door } = identity;
  const said = await identity.document();
  const { issuer, jwks_uri, authorization_endpoint, token_endpoint, end_session_endpoint, ...more } = said;
  const { id_token_signing_alg_values_supported: algorithms, authorization_response_iss_parameter_supported } = more;
  const server = {
    ...{ issuer, jwks_uri, authorization_endpoint, token_endpoint },
    ...defined({ end_session_endpoint, authorization_response_iss_parameter_supported }),
    ...(algorithms === undefined ? {} : { id_token_signing_alg_values_supported: [...algorithms] }),
  };
  const authentication = await authenticationOf(settings, said);
  const made = new Configuration(server, settings.clientId, { [toleranceOption]: clockTolerance }, authentication);
  made[customFetch] = throughDoor(door);
  // marked deprecated so that it is not overlooked: without HTTPS only on this machine, as the settings ensure
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (isLoopback(settings.issuer)) allowInsecureRequests(made);
  return made;
};

/** A code of RFC 6749, and nothing longer that an answer may hold. */
const plainCode = (code: string | undefined): string => (code !== undefined && /^[\w-]{1,60}$/.test(code) ? code : 'unknown');

/** Of the code or the refresh token alone: the standard’s word, and Glewlwyd’s. */
const ofGrant: readonly string[] = ['invalid_grant', 'invalid_code'];

/** What the provider refused: the one sign-in that was asked about, or our client, so that no sign-in works. */
export type Refusal = { readonly kind: 'sign-in' | 'client'; readonly code: string };

/** `undefined` for what is no refusal. @throws IssuerUnavailable where that is the cause of it */
export const refusalOf = (error: unknown): Refusal | undefined => {
  if (error instanceof AuthorizationResponseError) return { kind: 'sign-in', code: plainCode(error.error) };
  if (error instanceof ResponseBodyError) {
    return { kind: ofGrant.includes(error.error) ? 'sign-in' : 'client', code: plainCode(error.error) };
  }
  if (!(error instanceof ClientError)) return undefined;
  const { cause } = error;
  if (cause instanceof IssuerUnavailable) throw cause;
  if (cause instanceof Response && (cause.status === 401 || cause.status === 403))
    return { kind: 'client', code: `status-${String(cause.status)}` };
  return { kind: 'sign-in', code: plainCode(error.code) };
};

/**
 * What it says to our client when it is asked about a code that was never issued; `undefined` where it refuses the code alone.
 * @throws IssuerUnavailable
 */
export const clientRefusal = async (identity: Identity, returnTo: URL): Promise<string | undefined> => {
  const unknown = { code: 'tichet-doctor', redirect_uri: returnTo.href, code_verifier: 'tichet-doctor-asks-whether-this-client-is-known' };
  try {
    await genericGrantRequest(await clientOf(identity), 'authorization_code', unknown);
    return 'unknown-code-taken';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal.kind === 'sign-in' && ofGrant.includes(refusal.code) ? undefined : refusal.code;
  }
};
