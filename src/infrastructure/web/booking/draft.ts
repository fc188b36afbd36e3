import type { Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { isMode, type Locale, type Mode, needsOf } from '../../../domain/ticket/facts';
import { plusSeconds } from '../../../domain/time/civil-time';
import { bookingTokenSeconds } from '../../outside/identity/local-tokens';
import { sentences } from '../../phrasing/sentences';
import { hour } from '../../phrasing/words/dates';
import type { Fault } from '../parts/fields';

/** The found request and what a citizen has answered since, on the way from „Număr cerere” to the ticket (Art. 3). */
export type Draft = {
  readonly request: RequestIdentity;
  /** as they were typed, to be shown again */
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly ground: string;
  /** Art. 2 b: the last day for clarifications */
  readonly until?: string;
  /** Art. 1: whom the citizen meets */
  readonly person: string;
  readonly department: string;
  readonly modes: readonly string[];
  readonly expiresAt: Instant;
  readonly startsAt?: string;
  readonly mode?: Mode;
  /** the version of the recording notice that was accepted (A14) */
  readonly noticeVersion?: string;
  readonly email?: string;
  readonly phone?: string;
  /** at the counter: where there is no other contact, and how the citizen asked */
  readonly postalAddress?: string;
  readonly channel?: string;
  readonly companionKind?: string;
  readonly companionName?: string;
  readonly companionShown?: string;
  readonly notes?: string;
  /** `da`: the citizen would come sooner, if an earlier hour becomes free */
  readonly earlierHour?: string;
  /** the mode for which the contact was asked: another mode asks for other data */
  readonly contactFor?: string;
  /** the ticket that awaits its code */
  readonly ticketId?: string;
  /** why another hour must be chosen, and for which one */
  readonly lost?: string;
};

export type DraftStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'done'; readonly ticketId: string }
  | { readonly kind: 'open'; readonly draft: Draft };

type Kept = Readonly<Record<string, string>>;

/** Until when a draft lives that was found, or sent, at this instant: as long as a booking token does. */
export const draftExpiry = (at: Instant): Instant => plusSeconds(at, bookingTokenSeconds);

export const expiredDraft: Kept = { expired: 'yes' };
export const doneDraft = (ticketId: string): Kept => ({ done: ticketId });

/** The draft as a session keeps it: texts by their names. */
export const storedDraft = ({ request, modes, ...answers }: Draft): Kept =>
  Object.fromEntries(
    Object.entries({ ...answers, number: request.number, filedOn: request.filedOn, modes: modes.join(' ') }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

const optionalNames = [
  'until',
  'startsAt',
  'noticeVersion',
  'email',
  'phone',
  'postalAddress',
  'channel',
  'companionKind',
  'companionName',
  'companionShown',
  'notes',
  'earlierHour',
  'contactFor',
  'ticketId',
  'lost',
] as const;

/** Where the way to a ticket stands in this browser at that instant. */
export const draftStatus = (kept: Kept, at: Instant): DraftStatus => {
  const { done, expired, number, filedOn, expiresAt, mode } = kept;
  if (done !== undefined) return { kind: 'done', ticketId: done };
  if (expired !== undefined) return { kind: 'expired' };
  if (number === undefined || filedOn === undefined || expiresAt === undefined) return { kind: 'none' };
  if (at >= expiresAt) return { kind: 'expired' };
  const optional = Object.fromEntries(optionalNames.flatMap((name) => (kept[name] === undefined ? [] : [[name, kept[name]]])));
  return {
    kind: 'open',
    draft: {
      ...optional,
      request: { number, filedOn },
      requestNumber: kept['requestNumber'] ?? number,
      applicantName: kept['applicantName'] ?? '',
      ground: kept['ground'] ?? '',
      person: kept['person'] ?? '',
      department: kept['department'] ?? '',
      modes: (kept['modes'] ?? '').split(' '),
      expiresAt,
      ...(isMode(mode) ? { mode } : {}),
    },
  };
};

export const steps = ['cerere', 'ora', 'mod', 'contact', 'verificare'] as const;
export type Step = (typeof steps)[number];

export const pathOf = (step: Step | 'cod'): string => `/programare/${step}`;
export const numberOf = (step: Step): number => steps.indexOf(step) + 1;
/** Ends the address of a step that was opened from the check, to change one answer. */
export const changing = '?schimba';

/** Where „Înapoi” leads. */
export const pathBefore = (step: Step): string => {
  const before = steps[steps.indexOf(step) - 1];
  return before === undefined ? '/' : pathOf(before);
};

const isAnswered = (step: Step, draft: Draft): boolean => {
  switch (step) {
    case 'cerere':
      return true;
    case 'ora':
      return draft.startsAt !== undefined;
    case 'mod':
      return draft.mode !== undefined && (!needsOf(draft.mode).recording || draft.noticeVersion !== undefined);
    case 'contact':
      return draft.mode !== undefined && draft.contactFor === draft.mode;
    case 'verificare':
      return false;
  }
};

/** The next step: the first without an answer, so that a visitor who changes one answer comes back to the check at once. */
export const nextStepOf = (draft: Draft): Step => steps.find((step) => !isAnswered(step, draft)) ?? 'verificare';

/** Whether this step may be shown: all before it are answered. */
export const mayShow = (step: Step, draft: Draft): boolean => steps.indexOf(step) <= steps.indexOf(nextStepOf(draft));

/** Why the hour is gone: another citizen was faster, the hold ended, the address has too many tickets, or another meeting then (A24). */
export type LostBecause = 'taken' | 'hold-lost' | 'too-many' | 'same-hour';

/** The hour is gone, the other answers stay; why is said where another one is chosen. */
export const withLostHour = ({ startsAt, ticketId: _, ...draft }: Draft, because: LostBecause): Draft => ({
  ...draft,
  // a citizen who has too many tickets under this address will want to give another one
  ...(because === 'too-many' ? { contactFor: '' } : {}),
  ...(startsAt === undefined ? {} : { lost: `${because} ${startsAt}` }),
});

export const withHour = ({ lost: _, ...draft }: Draft, startsAt: Instant): Draft => ({ ...draft, startsAt });

/** The hour that is gone, if another must be chosen for it. */
export const lostHourOf = ({ lost }: Draft): Instant | undefined => lost?.split(' ')[1];

export const lostFaults = (draft: Draft, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.hour;
  const [because, startsAt] = draft.lost?.split(' ') ?? [];
  if (because === undefined || startsAt === undefined) return [];
  const said: Readonly<Record<string, string>> = {
    taken: words.taken({ hour: hour(startsAt) }),
    'too-many': words.tooMany,
    'same-hour': words.sameHour({ hour: hour(startsAt) }),
  };
  return [{ field: 'startsAt', message: said[because] ?? words.holdLost }];
};
