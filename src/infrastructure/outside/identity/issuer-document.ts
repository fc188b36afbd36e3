import { type JsonObject } from '@tichet-albastru/kernel/json.codec';
import { isTrustedAddress } from '../../runtime/trusted-address';
import { defined } from '@tichet-albastru/kernel/defined';
import type { IssuerDoor } from './issuer-door';
import { IssuerUnavailable } from './issuer-unavailable';

/** What a provider says of itself (OpenID Connect Discovery 1.0), as far as we use it. */
export type IssuerDocument = {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
  readonly token_endpoint_auth_methods_supported?: readonly string[];
  readonly token_endpoint_auth_signing_alg_values_supported?: readonly string[];
  readonly id_token_signing_alg_values_supported?: readonly string[];
  readonly authorization_response_iss_parameter_supported?: boolean;
};

const wait = 5;

const textsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;

/** An address of it; one that could have been changed on the way is none. */
const addressIn = (document: JsonObject, name: string): string | undefined => {
  const value = document[name];
  return typeof value === 'string' && isTrustedAddress(value) ? value : undefined;
};

const neededIn = (document: JsonObject, name: string): string => {
  const address = addressIn(document, name);
  if (address === undefined) throw new IssuerUnavailable(`no-${name}`, wait);
  return address;
};

/** @throws IssuerUnavailable also when the document is of another issuer than the one that was asked */
export const readIssuerDocument = async (door: IssuerDoor, issuer: string): Promise<IssuerDocument> => {
  const said = await door.read(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, 'discovery');
  if (said['issuer'] !== issuer) throw new IssuerUnavailable('other-issuer', wait);
  const end = addressIn(said, 'end_session_endpoint');
  const methods = textsIn(said['token_endpoint_auth_methods_supported']);
  const signing = textsIn(said['token_endpoint_auth_signing_alg_values_supported']);
  const algorithms = textsIn(said['id_token_signing_alg_values_supported']);
  return {
    issuer,
    jwks_uri: neededIn(said, 'jwks_uri'),
    authorization_endpoint: neededIn(said, 'authorization_endpoint'),
    token_endpoint: neededIn(said, 'token_endpoint'),
    ...defined({
      end_session_endpoint: end,
      token_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: signing,
      id_token_signing_alg_values_supported: algorithms,
    }),
    ...(said['authorization_response_iss_parameter_supported'] === true ? { authorization_response_iss_parameter_supported: true } : {}),
  };
};
