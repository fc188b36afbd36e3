import { isJsonObject, type JsonObject } from '../../runtime/json.codec';
import type { Official, Role } from '../../../application/kernel/access';
import { isStaffId } from '../../../domain/staff/staff-member';
import type { IdentitySettings } from './identity-settings';

/** Somebody whom the provider knows, and who is nobody here: what their account lacks. */
export type Stranger = { readonly kind: 'stranger'; readonly lacks: 'role' | 'staff-id' };

const own = (claims: unknown, name: string): unknown => (isJsonObject(claims) && Object.hasOwn(claims, name) ? claims[name] : undefined);

/** By its whole name first: names of claims may be addresses, with dots in them. */
const claimAt = (claims: JsonObject, path: string): unknown =>
  Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce<unknown>(own, claims);

/** Only a list counts: in a text, `not-admin` would hold `admin`. */
const valuesIn = (claim: unknown): readonly unknown[] => (Array.isArray(claim) ? claim : []);

const roleIn = (claims: JsonObject, { rolesClaim, roles }: IdentitySettings): Role | undefined => {
  const values = valuesIn(claimAt(claims, rolesClaim));
  return roles.find(([value]) => values.includes(value))?.[1];
};

/** What is no id of the staff directory (an e-mail address, a user name with dots) is none here either: it would stand in facts for ever. */
const staffIdIn = (claims: JsonObject, { staffClaim }: IdentitySettings): string | undefined => {
  const id = claimAt(claims, staffClaim);
  return typeof id === 'string' && isStaffId(id) ? id : undefined;
};

/** Who somebody is here by the claims of a token that was checked already. What is not mapped is nothing. */
export const officialIn = (claims: JsonObject, settings: IdentitySettings): Official | Stranger => {
  const role = roleIn(claims, settings);
  if (role === undefined) return { kind: 'stranger', lacks: 'role' };
  const staffId = staffIdIn(claims, settings);
  if (staffId !== undefined) return { kind: 'official', role, staffId };
  return role === 'staff' || role === 'head' ? { kind: 'stranger', lacks: 'staff-id' } : { kind: 'official', role };
};
