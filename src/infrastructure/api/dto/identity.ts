import { inBoth } from '../../phrasing/sentences';
import type { RequestIdentity } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { invalidField } from '../problem/invalid';
import type { RequestPath } from './paths';

/** A29: the number in its one form. @throws HttpProblem `invalid` */
export const registeredIdentity = ({ number, filedOn }: RequestPath): RequestIdentity => {
  const parsed = parseRegistrationNumber(number);
  if (parsed !== undefined) return { number: parsed.number, filedOn };
  throw invalidField('number', inBoth.api.invalid.number);
};
