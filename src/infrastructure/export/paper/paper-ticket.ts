import { tickets } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { AuditedTicket } from '../../../application/audit/audit-ticket';
import { judgedAgain } from '../../../application/audit/audit-list';
import { type HistoryStep, historySteps, type ReplayedStep, replayedSteps } from '../../../domain/audit/history';
import type { Hash } from '@tichet-albastru/event-log/ports/event-store';
import type { Instant, RecordedFact } from '../../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../../domain/kernel/refusal';
import type { TicketFact, Locale } from '../../../domain/ticket/facts';
import { isRequested, referenceOf, type TicketState } from '../../../domain/ticket/ticket';
import { chainOf } from '../../proof/chain-of';
import { type Proved, ticketProof } from '../../proof/ticket-proof';
import { type Seals, sealsOf } from '../../phrasing/audit/state-rows';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import type { PersonalText } from '../../../domain/kernel/personal-text';
import { inBoth } from '../../phrasing/sentences';

/** Behind each personal text that was opened, so that a reader sees what he holds. */
const personalMark = inBoth.export.paperSeals.personalMark;

const isPersonalText = (value: unknown): value is PersonalText =>
  typeof value === 'object' && value !== null && (('sealed' in value && 'key' in value && 'bound' in value) || 'clear' in value);

const personalIn = (value: unknown): readonly PersonalText[] => {
  if (isPersonalText(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(personalIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(personalIn) : [];
};

const keyOf = (text: PersonalText): string => JSON.stringify(text);

/** Every personal text in these data in clear and marked, `[șters]` once it was erased; for whoever asked for it, on paper. */
const openedSealsOf = async (personalData: PersonalData, values: readonly unknown[]): Promise<Seals> => {
  const closed = await sealsOf(personalData, ...values);
  const opened = new Map<string, string>();
  for (const text of personalIn(values)) {
    if (opened.has(keyOf(text))) continue;
    try {
      const clear = await personalData.open(text);
      if (clear !== undefined) opened.set(keyOf(text), clear);
    } catch {
      // a seal that does not fit: the marks of an auditor say so
    }
  }
  return {
    read: (text: PersonalText, locale: Locale) => {
      const clear = opened.get(keyOf(text));
      return clear === undefined ? closed.read(text, locale) : `${clear} ${personalMark[locale]}`;
    },
  };
};

/** @param personal whether personal data are opened; otherwise `[sigilat]`, and `[șters]` in both */
const paperSeals = (personalData: PersonalData, personal: boolean, values: readonly unknown[]): Promise<Seals> =>
  personal ? openedSealsOf(personalData, values) : sealsOf(personalData, ...values);

export type PaperQuery = {
  readonly ticketId: string;
  /** nothing recorded later is told; now when it is left out */
  readonly asOf?: Instant;
  /** opens personal data; otherwise they stay sealed */
  readonly personal?: boolean;
};

export type PaperStep = ReplayedStep & { readonly step: HistoryStep; readonly hash: Hash };

/** What stands on the paper about a ticket, before it is put into words. */
export type PaperTicket = {
  readonly ticketId: string;
  readonly reference: string;
  readonly asOf: Instant;
  readonly personal: boolean;
  readonly steps: readonly PaperStep[];
  readonly facts: ReadonlyMap<string, RecordedFact<TicketFact>>;
  readonly seals: Seals;
  /** `undefined` where its evidence is parked */
  readonly audited?: AuditedTicket;
  readonly proved: Proved;
};

const isRestricted = (state: TicketState): boolean => isRequested(state) && state.restriction !== undefined;

/** @throws EventLogCorrupt when an event of the ticket cannot be read */
export const paperTicket = async (
  ports: Ports,
  { ticketId, asOf: until, personal = false }: PaperQuery,
): Promise<PaperTicket | Refusal> => {
  const { name, load } = tickets.of(ports, ticketId);
  const { events, state } = await load();
  const asOf = until ?? ports.clock.now();
  const steps = historySteps(events, until);
  const proved = steps.length === 0 ? refuse('not-found') : await ticketProof(ports, ticketId);
  if (isRefusal(proved)) return proved;
  const hashes = new Map<string, Hash>();
  for await (const { id, hash } of ports.store.read(name)) hashes.set(id, hash);
  const replayed = new Map(replayedSteps(events).map((one) => [one.event.id, one]));
  const known = events.filter(({ recordedAt }) => until === undefined || recordedAt <= until);
  const audited = await judgedAgain(ports, chainOf, ticketId, until === undefined ? { now: asOf } : { asOf });
  return {
    ticketId,
    reference: referenceOf(ticketId),
    asOf,
    personal,
    steps: steps.flatMap((step): readonly PaperStep[] => {
      const found = replayed.get(step.eventId);
      return found === undefined ? [] : [{ ...found, step, hash: hashes.get(step.eventId) ?? '' }];
    }),
    facts: new Map(events.map((event) => [event.id, event])),
    seals: await paperSeals(
      ports.personalData,
      // no paper with the name of whoever asked that it be kept and not used (GDPR 18)
      personal && !isRestricted(state),
      known.map(({ fact }) => fact.data),
    ),
    ...(audited === undefined || isRefusal(audited) ? {} : { audited }),
    proved,
  };
};
