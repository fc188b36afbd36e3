import type { Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Mode } from '../../../domain/ticket/facts';
import { plusSeconds } from '../../../domain/time/civil-time';
import { bookingTokenSeconds } from '../../outside/identity/local-tokens';

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
  readonly notes?: string;
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

export const isMode = (text: string | undefined): text is Mode => text === 'online' || text === 'phone' || text === 'in-person';

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

const optionalNames = ['until', 'startsAt', 'noticeVersion', 'email', 'phone', 'notes', 'contactFor', 'ticketId', 'lost'] as const;

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
