import type { Refusal, RefusalDetails } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { problemCatalogue, type BothLanguages, type ProblemCode } from './catalogue';

/** One field that is wrong, and what is wrong with it. */
export type FieldFault = { readonly field: string; readonly message: BothLanguages };

/** What an answer that is no success says, before its language is chosen. */
export type Problem = {
  readonly code: ProblemCode;
  readonly article?: string;
  readonly details?: RefusalDetails;
  readonly errors?: readonly FieldFault[];
  /** instead of the catalogue's sentence */
  readonly detail?: BothLanguages;
  readonly retryAfterSeconds?: number;
};

/** RFC 9457, `application/problem+json`. Never a stack, never a name of a class. */
export type ProblemDetails = {
  readonly type: string;
  readonly code: ProblemCode;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly article?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly [detail: string]: unknown;
};

export const problemContentType = 'application/problem+json; charset=utf-8';

export const statusOf = (code: ProblemCode): number => problemCatalogue[code].status;

/** A refusal that names a field says it in `errors` too, as wrong input does. */
export const problemOfRefusal = ({ code, article, details }: Refusal): Problem => {
  const retryAfter = details?.['retryAfterSeconds'];
  return {
    code,
    ...(article === undefined ? {} : { article }),
    ...(details === undefined ? {} : { details }),
    ...(typeof retryAfter === 'number' ? { retryAfterSeconds: Math.max(1, Math.ceil(retryAfter)) } : {}),
  };
};

export const problemDetails = (problem: Problem, locale: Locale): ProblemDetails => {
  const { code, article, details, errors, detail } = problem;
  const { status, title, detail: sentence } = problemCatalogue[code];
  return {
    ...details,
    type: `urn:tichet-albastru:problem:${code}`,
    code,
    title: title[locale],
    status,
    detail: (detail ?? sentence)[locale],
    ...(article === undefined ? {} : { article }),
    ...(errors === undefined ? {} : { errors: errors.map(({ field, message }) => ({ field, message: message[locale] })) }),
  };
};

/** Thrown on the way in or out, where there is no value to return; never by the domain. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.code);
  }
}
