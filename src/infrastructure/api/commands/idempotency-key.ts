import type { FastifyRequest } from 'fastify';
import { principalKey, type Principal } from '../../../application/kernel/access';
import { invalidField } from '../problem/invalid';
import { routeOf } from './exchange';

const keyForm = /^[\x21-\x7e]{1,200}$/;

/** The key of this command, `undefined` when it has none. @throws HttpProblem `invalid` */
export const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && keyForm.test(key)) return key;
  throw invalidField('Idempotency-Key', 'De la 1 la 200 de caractere ASCII fără spații.', 'From 1 to 200 ASCII characters without spaces.');
};

/** Who, where and which key: the same key of two principals, or on two routes, is two commands. */
export const commandKey = (request: FastifyRequest, principal: Principal | undefined, key: string): readonly [string, string, string] => [
  principal === undefined ? 'everybody' : principalKey(principal),
  routeOf(request),
  key,
];

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, content]): [string, unknown] => [name, sorted(content)]),
  );
};

/** The body in one form, whatever the order of its fields. */
export const canonicalBody = (body: unknown): string => JSON.stringify(sorted(body ?? {}));
