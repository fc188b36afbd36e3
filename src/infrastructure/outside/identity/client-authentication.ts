import { importPKCS8 } from 'jose';
import { type ClientAuth, ClientSecretPost, modifyAssertion, None, PrivateKeyJwt } from 'openid-client';
import { algorithmsOf, type ClientKey } from './client-key';
import type { ClientAuthentication, IdentitySettings } from './identity-settings';
import type { IssuerDocument } from './issuer-document';

type ClientSettings = Pick<IdentitySettings, 'clientAuthentication' | 'clientSecret' | 'clientKey' | 'assertionAudience'>;

/**
 * How the pages authenticate as the client. Where the settings choose nothing, a provider that says nothing takes Basic (OpenID Connect
 * Discovery 1.0, 3).
 */
export const methodFor = (
  { clientAuthentication, clientSecret, clientKey }: ClientSettings,
  { token_endpoint_auth_methods_supported: offered = ['client_secret_basic'] }: IssuerDocument,
): ClientAuthentication => {
  if (clientAuthentication !== undefined) return clientAuthentication;
  if (clientKey !== undefined) return 'private_key_jwt';
  if (clientSecret === undefined) return 'none';
  return offered.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post';
};

/**
 * As a form writes it (RFC 6749, 2.3.1), and encoding nothing that means the same without it: a provider that decodes and one that takes
 * the words as they stand then read the same name, with its dashes and dots.
 */
const formEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

/** Whether a provider that does not decode would read other words than one that does. */
export const readsDifferently = ({ clientId, clientSecret = '' }: IdentitySettings): boolean =>
  [clientId, clientSecret].some((text) => formEncoded(text) !== text);

const basic =
  (secret: string): ClientAuth =>
  (_, { client_id: id }, __, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`);
  };

const signing = async ({ key, kid }: ClientKey, audience: string, document: IssuerDocument): Promise<ClientAuth> => {
  const possible = algorithmsOf(key);
  const taken = document.token_endpoint_auth_signing_alg_values_supported ?? possible;
  const algorithm = possible.find((one) => taken.includes(one)) ?? possible[0] ?? '';
  const signer = await importPKCS8(key.export({ type: 'pkcs8', format: 'pem' }).toString(), algorithm);
  return PrivateKeyJwt(kid === undefined ? signer : { key: signer, kid }, {
    [modifyAssertion]: (_, payload) => {
      payload['aud'] = audience;
    },
  });
};

export const authenticationOf = async (settings: ClientSettings, document: IssuerDocument): Promise<ClientAuth> => {
  const { clientSecret = '', clientKey, assertionAudience = 'issuer' } = settings;
  switch (methodFor(settings, document)) {
    case 'client_secret_basic':
      return basic(clientSecret);
    case 'client_secret_post':
      return ClientSecretPost(clientSecret);
    case 'private_key_jwt':
      return clientKey === undefined ? None() : signing(clientKey, document[assertionAudience], document);
    case 'none':
      return None();
  }
};
