import { isJsonObject, type JsonObject } from '@tichet-albastru/kernel/json.codec';
import { isService, type Official, officialBy, type Role, serviceNamed } from '../../../application/kernel/access';
import { isStaffId } from '../../../domain/staff/staff-member';
import type { IdentitySettings } from './identity-settings';
import type { People } from './people';

/** A person whom the provider knows, and who is no official here: what their account or their sign-in lacks. */
export type Stranger = { readonly kind: 'stranger'; readonly lacks: 'role' | 'staff-id' | 'acr' | 'auth-time' };

const own = (claims: unknown, name: string): unknown => (isJsonObject(claims) && Object.hasOwn(claims, name) ? claims[name] : undefined);

/** By its whole name first: names of claims may be addresses, with dots in them. */
const claimAt = (claims: JsonObject, path: string): unknown =>
  Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce<unknown>(own, claims);

/** A text is one value, whole, as some providers write a list of one: it is not searched, since `not-admin` holds `admin`. */
const valuesIn = (claim: unknown): readonly unknown[] => (Array.isArray(claim) ? claim : [claim]);

const roleIn = (claims: JsonObject, { rolesClaim, roles }: IdentitySettings): Role | undefined => {
  const values = valuesIn(claimAt(claims, rolesClaim));
  return roles.find(([value]) => values.includes(value))?.[1];
};

/** What is no id of the staff directory (an e-mail address, a user name with dots) is none here either: it would stand in facts for ever. */
const staffIdIn = (claims: JsonObject, { staffClaim }: IdentitySettings): string | undefined => {
  const id = claimAt(claims, staffClaim);
  return typeof id === 'string' && isStaffId(id) ? id : undefined;
};

const textIn = (claims: JsonObject, ...names: readonly string[]): string | undefined =>
  names.map((name) => own(claims, name)).find((claim) => typeof claim === 'string');

/**
 * What the settings demand of a sign-in: how the provider identified the person, and how long before the token was made. What the provider
 * does not say counts as not done.
 */
const weaknessIn = (claims: JsonObject, { acrValues, maxAgeMinutes }: IdentitySettings): 'acr' | 'auth-time' | undefined => {
  if (acrValues?.some((value) => value === own(claims, 'acr')) === false) return 'acr';
  if (maxAgeMinutes === undefined) return undefined;
  const [seenAt, madeAt] = [own(claims, 'auth_time'), own(claims, 'iat')];
  const isRecent = typeof seenAt === 'number' && typeof madeAt === 'number' && madeAt - seenAt <= maxAgeMinutes * 60 && seenAt <= madeAt;
  return isRecent ? undefined : 'auth-time';
};

type Pseudonyms = Pick<People, 'pseudonymOf'>;

const pseudonymIn = (claims: JsonObject, { issuer }: IdentitySettings, people: Pseudonyms): Promise<string> =>
  people.pseudonymOf({ by: 'provider', issuer, subject: textIn(claims, 'sub') ?? '' }, textIn(claims, 'name', 'preferred_username'));

/** A program goes by the name of its client, or by a pseudonym where that is none for facts. */
const serviceIn = async (claims: JsonObject, settings: IdentitySettings, people: Pseudonyms): Promise<string> => {
  const named = serviceNamed(textIn(claims, 'client_id', 'azp', 'appid') ?? '');
  return isService(named) ? named : serviceNamed(await pseudonymIn(claims, settings, people));
};

/** Who a person is here by the claims of a token that was checked already. A claim that is not mapped counts for nothing. */
export const officialIn = async (claims: JsonObject, settings: IdentitySettings, people: Pseudonyms): Promise<Official | Stranger> => {
  const role = roleIn(claims, settings);
  if (role === undefined) return { kind: 'stranger', lacks: 'role' };
  const nameless: Stranger = { kind: 'stranger', lacks: 'staff-id' };
  if (role === 'integrator') return officialBy(role, await serviceIn(claims, settings, people)) ?? nameless;
  // a program, above, signs in nowhere
  const lacks = weaknessIn(claims, settings);
  if (lacks !== undefined) return { kind: 'stranger', lacks };
  const staffId = staffIdIn(claims, settings);
  if (staffId === undefined && (role === 'staff' || role === 'head')) return nameless;
  return officialBy(role, staffId ?? (await pseudonymIn(claims, settings, people))) ?? nameless;
};
