import type { ValidationError } from '@nestjs/common';
import { fieldFaultsOf } from '../../validation/sentences';
import type { Sentence } from '../../phrasing/sentences';
import { HttpProblem } from './problem';

export const problemOfInvalid = (errors: readonly ValidationError[]): HttpProblem =>
  new HttpProblem({ code: 'invalid', errors: fieldFaultsOf(errors) });

/** Input whose fields are right one by one but not together. */
export const invalidField = (field: string, message: Sentence): HttpProblem =>
  new HttpProblem({ code: 'invalid', errors: [{ field, message }] });
