import { defined } from '@tichet-albastru/kernel/defined';
import type { InformationCentre } from '../../../application/kernel/ports/city-hall';
import type { StoredAnswer } from '../../../application/kernel/ports/operations';
import { isRefusal, type Refusal, type RefusalDetails } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import {
  type BothLanguages,
  type FieldFault,
  fieldFaultOf,
  problemCatalogue,
  type ProblemCode,
  sentenceOf,
} from '../../phrasing/problems/catalogue';
import { inBoth } from '../../phrasing/sentences';
import { helpOfCentre } from '../../phrasing/words/information-centre';

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
  /** who helps a person who stands before it, where the city hall has said so */
  readonly help?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly [detail: string]: unknown;
};

export const problemContentType = 'application/problem+json; charset=utf-8';

export const statusOf = (code: ProblemCode): number => problemCatalogue[code].status;

/** A2: why a request is not eligible stays inside, but for the one reason that the citizen is told (A3). */
const detailsOutside = ({ code, details }: Refusal): RefusalDetails | undefined =>
  code === 'not-eligible' && details?.['reason'] !== 'nobody-responsible' ? undefined : details;

/** A refusal that names a field says it in `errors` too, as wrong input does. */
export const problemOfRefusal = (refusal: Refusal): Problem => {
  const { code, article } = refusal;
  const details = detailsOutside(refusal);
  const retryAfter = details?.['retryAfterSeconds'];
  const fault = code === 'invalid' ? fieldFaultOf(refusal) : undefined;
  return {
    code,
    ...defined({ article, details }),
    ...(details?.['reason'] === 'nobody-responsible' ? { detail: inBoth.api.problem.nobodyResponsible } : {}),
    ...(fault === undefined ? {} : { errors: [fault] }),
    ...(typeof retryAfter === 'number' ? { retryAfterSeconds: Math.max(1, Math.ceil(retryAfter)) } : {}),
  };
};

/** Where a person is needed to go on: refusals without a fault of the caller, and those that are told without their reason. */
const needsHelp: ReadonlySet<ProblemCode> = new Set([
  'request-not-found',
  'too-many-requests',
  'internal',
  'unavailable',
  'read-only',
  'record-damaged',
  'parked',
] as const);
export const tellsWhoHelps = (code: ProblemCode): boolean => needsHelp.has(code);

export const problemDetails = (problem: Problem, locale: Locale, centre?: InformationCentre): ProblemDetails => {
  const { code, article, details, errors, detail } = problem;
  const { status, title } = problemCatalogue[code];
  return {
    ...details,
    type: `urn:tichet-albastru:problem:${code}`,
    code,
    title: title[locale],
    status,
    detail: (detail ?? sentenceOf(code, details))[locale],
    ...defined({
      article,
      help: tellsWhoHelps(code) ? helpOfCentre(centre, locale) : undefined,
      errors: errors?.map(({ field, message }) => ({ field, message: message[locale] })),
    }),
  };
};

/** The problem as a program is answered it. */
export const writtenProblem = (problem: Problem, locale: Locale, centre?: InformationCentre): StoredAnswer => ({
  status: statusOf(problem.code),
  body: JSON.stringify(problemDetails(problem, locale, centre)),
  headers: {
    'Content-Type': problemContentType,
    'Content-Language': locale,
    ...(problem.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(problem.retryAfterSeconds) }),
  },
});

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

/** What came of it. @throws HttpProblem when it was refused */
export const answered = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new HttpProblem(problemOfRefusal(outcome));
  return outcome;
};

/** What a citizen is told while the document system cannot say: the truth, and that nothing of theirs is lost. */
export const registerAway: BothLanguages = inBoth.api.registerAway.registerAway;

/** A gateway is not mended within a second, and mostly is within a few minutes. */
export const registerAwaySeconds = 60;
