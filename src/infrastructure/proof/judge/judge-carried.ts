import { type CaseFile, knownIn } from '../../../domain/audit/case-file';
import { type CheckId, judge, type Judgement, overallOf } from '../../../domain/audit/judge';
import { type OtherReading, type RefusedBooking, refusedUnder, underReading } from '../../../domain/audit/other-reading';
import type { Instant } from '../../../domain/kernel/fact';
import type { SignedJudgement } from '../export/carried.codec';

/** What was signed, and what comes of the same evidence here. `check` is left out for the verdict on the whole. */
export type Difference = { readonly ticketId: string; readonly check?: string; readonly signed: string; readonly found: string };
export type OtherVerdict = { readonly check: CheckId; readonly before: string; readonly after: string };

export type JudgedTicket = {
  readonly ticketId: string;
  readonly reference: string;
  readonly asOf: Instant;
  readonly judgement: Judgement;
  /** the first one */
  readonly difference?: Difference;
  /** where another reading of the policies was asked for */
  readonly other?: {
    readonly overall: Judgement['overall'];
    readonly verdicts: readonly OtherVerdict[];
    readonly refused: readonly RefusedBooking[];
  };
};

export type JudgingOptions = { readonly asOf?: Instant; readonly reading?: OtherReading };

/** Words may be said otherwise by another version of the program, and what could be observed by another installation; what is found may not. */
const words = new Set(['text', 'article', 'observable']);

const sameValue = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other;
  const [fields, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return fields.size === others.size && [...fields].every(([name, value]) => others.has(name) && sameValue(value, others.get(name)));
};

const ofTheWhole = ['warnings', 'waived', 'grade', 'nextChangeAt'] as const;

/** Of what the signed one says, the first thing that is found otherwise. Checks that it did not know yet are passed over. */
export const differenceOf = (ticketId: string, signed: SignedJudgement, found: Judgement): Difference | undefined => {
  const known = new Set<string>(signed.checks.map(({ id }) => id));
  for (const was of signed.checks) {
    const is = found.checks.find(({ id }) => id === was.id);
    if (is?.verdict !== was.verdict) return { ticketId, check: was.id, signed: was.verdict, found: is?.verdict ?? '-' };
    const now = new Map<string, unknown>(Object.entries(is));
    for (const [name, value] of Object.entries(was)) {
      if (words.has(name) || sameValue(value, now.get(name))) continue;
      return { ticketId, check: was.id, signed: `${name}: ${JSON.stringify(value)}`, found: `${name}: ${JSON.stringify(now.get(name))}` };
    }
  }
  const overall = overallOf(found.checks.filter(({ id }) => known.has(id)));
  if (overall !== signed.overall) return { ticketId, signed: signed.overall, found: overall };
  // where there are more checks now, these are about more
  if (known.size < found.checks.length) return undefined;
  const whole = new Map<string, unknown>(Object.entries(found));
  for (const name of ofTheWhole) {
    const [was, is] = [signed[name] ?? null, whole.get(name) ?? null];
    if (name in signed && was !== is)
      return { ticketId, signed: `${name}: ${JSON.stringify(was)}`, found: `${name}: ${JSON.stringify(is)}` };
  }
  return undefined;
};

const referenceIn = ({ ticket }: CaseFile): string => {
  for (const { fact } of ticket) if (fact.type === 'Requested') return fact.data.reference;
  return '';
};

const changed = (before: Judgement, after: Judgement): readonly OtherVerdict[] =>
  after.checks.flatMap(({ id, verdict }): readonly OtherVerdict[] => {
    const was = before.checks.find((check) => check.id === id)?.verdict ?? '-';
    return was === verdict ? [] : [{ check: id, before: was, after: verdict }];
  });

/** @returns `undefined` where the ticket was not there yet at the moment that was asked for */
export const judgeCarried = (
  caseFile: CaseFile,
  signed: SignedJudgement,
  { asOf: then, reading }: JudgingOptions,
): JudgedTicket | undefined => {
  const { ticketId } = caseFile;
  const asOf = then ?? signed.asOf;
  const now = judge(caseFile, signed.asOf, true);
  const difference = differenceOf(ticketId, signed, now);
  if (then !== undefined && !caseFile.ticket.filter(knownIn(caseFile, then)).some(({ fact }) => fact.type === 'Requested'))
    return undefined;
  const judgement = then === undefined ? now : judge(caseFile, then);
  const read = reading && underReading(caseFile, reading);
  const after = read && judge(read, asOf, then === undefined);
  return {
    ticketId,
    reference: referenceIn(caseFile),
    asOf,
    judgement,
    ...(difference && { difference }),
    ...(read && after && { other: { overall: after.overall, verdicts: changed(judgement, after), refused: refusedUnder(read) } }),
  };
};
