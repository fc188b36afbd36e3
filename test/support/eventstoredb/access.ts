import type { Metadata as Headers, ServiceError } from '@grpc/grpc-js';
import { accessDenied, unauthenticated } from './failures';
import type { AccessList } from './stream-metadata';
import { originalOf } from './stream-metadata';
import type { Log } from './log';

export type Operation = 'read' | 'write' | 'delete';

type User = { readonly password: string; readonly groups: readonly string[] };

const rights = { read: '$r', write: '$w', delete: '$d' } as const;
const rightsOfMetadata = { read: '$mr', write: '$mw', delete: '$mw' } as const;
const everybody = '$all';
const administrators = '$admins';

const open: AccessList = { $r: everybody, $w: everybody, $d: everybody, $mr: everybody, $mw: everybody };
const closed: AccessList = { $r: administrators, $w: administrators, $d: administrators, $mr: administrators, $mw: administrators };

const userIn = (headers: Headers): readonly [string, string] | undefined => {
  const [basic] = headers.get('authorization');
  if (typeof basic !== 'string' || !basic.startsWith('Basic ')) return undefined;
  const text = Buffer.from(basic.slice('Basic '.length), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
};

/**
 * Users and what they may do, as the access lists in `$$stream` say. Without users everybody may everything, as on a server that was started
 * without security. Who is asked once for each call: a call that is open stays what it was, but each append of it needs the right to write.
 */
export class Access {
  private readonly users = new Map<string, User>();
  /** for streams whose metadata say nothing */
  userStreams: AccessList = open;

  /** Adds a user, or changes the password or the groups of one. */
  setUser(name: string, password: string, groups: readonly string[] = []): void {
    this.users.set(name, { password, groups });
  }

  removeUser(name: string): void {
    this.users.delete(name);
  }

  /** Unknown users and wrong passwords answer alike. Whoever says no name is nobody, who may nothing. */
  who(headers: Headers): readonly string[] | ServiceError {
    if (this.users.size === 0) return [administrators];
    const asked = userIn(headers);
    if (!asked) return [];
    const [name, password] = asked;
    const user = this.users.get(name);
    return user?.password === password ? [name, ...user.groups] : unauthenticated();
  }

  /** @param stream undefined for the whole log */
  refusal(log: Log, who: readonly string[], operation: Operation, stream = everybody): ServiceError | undefined {
    if (who.includes(administrators)) return undefined;
    if (who.length === 0) return accessDenied();
    const original = originalOf(stream);
    const right = original === undefined ? rights[operation] : rightsOfMetadata[operation];
    const name = original ?? stream;
    const usual = name.startsWith('$') ? closed : this.userStreams;
    const allowed = [log.metadataOf(name).$acl?.[right] ?? usual[right] ?? []].flat();
    return allowed.includes(everybody) || allowed.some((one) => who.includes(one)) ? undefined : accessDenied();
  }
}
