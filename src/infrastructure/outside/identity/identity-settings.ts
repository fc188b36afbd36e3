import type { Role } from '../../../application/kernel/access';
import type { ClientKey } from './client-key';

/** `at+jwt` as RFC 9068 has it; `JWT` for providers that cannot say it, as Microsoft Entra ID. */
export const tokenTypes = ['at+jwt', 'JWT'] as const;

/** How a client says that it is that client (OpenID Connect Core 1.0, 9). */
export const clientAuthentications = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** For whom a client signs that it is that client: the provider, or, as it used to be, the address that is asked. */
export const assertionAudiences = ['issuer', 'token_endpoint'] as const;

/** Who says who the officials are: an OpenID Connect provider, what we are to it, and where its tokens say the role. */
export type IdentitySettings = {
  /** exactly as the provider writes it into `iss` */
  readonly issuer: string;
  /** what an access token for the API must have in `aud` */
  readonly audience: string;
  readonly tokenType: (typeof tokenTypes)[number];
  /** the client that the pages are */
  readonly clientId: string;
  readonly clientSecret?: string;
  /** left out, what the secret, the key and the provider's document suggest */
  readonly clientAuthentication?: ClientAuthentication;
  readonly clientKey?: ClientKey;
  /** left out, the issuer */
  readonly assertionAudience?: (typeof assertionAudiences)[number];
  /** what the pages ask for, `openid` among it */
  readonly scope: string;
  /** the claim with the value, or the list of them: its name, or the way to it with dots between */
  readonly rolesClaim: string;
  /** the role of each value, the strongest claim first: who has several gets the first */
  readonly roles: readonly (readonly [value: string, role: Role])[];
  /** the claim with the staff directory's id of the person */
  readonly staffClaim: string;
  /** how the provider must have identified the person, one of these of its own words; left out, the provider decides */
  readonly acrValues?: readonly string[];
  /** how long ago it may have been, when a token is made; left out, that is its affair */
  readonly maxAgeMinutes?: number;
  /** tokens of `tichet token` are good beside the provider's */
  readonly localTokens: boolean;
};
