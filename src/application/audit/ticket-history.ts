import type { Sentence } from '../../domain/audit/check';
import { caseFileFrom } from '../../domain/audit/evidence';
import { type ExplainedEntry, explainedHistory, type ExplainedStep, type Leaf, type StateChange } from '../../domain/audit/explained';
import { type HistoryStep, historySteps } from '../../domain/audit/history';
import { judge, type Judgement } from '../../domain/audit/judge';
import type { Instant } from '../../domain/kernel/fact';
import { isPersonalText, type PersonalText } from '../../domain/kernel/personal-text';
import { type Refusal, type RefusalCode, refuse } from '../../domain/kernel/refusal';
import type { Policies } from '../../domain/policies';
import { ticketStream } from '../../domain/ticket/facts';
import { Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { tables } from '../kernel/ports/tables';
import { readableText } from '../kernel/typed-values';
import { tickets } from '../kernel/streams';
import { gatherEvidence } from '../kernel/reading/evidence';
import { type ChainOf, type RefusedAttempt, refusedAttempts } from './audit-ticket';
import { judgementHere } from './observers';

export type HistoryQuery = { readonly ticketId: string; readonly asOf?: Instant };
export type TicketHistory = { readonly ticketId: string; readonly steps: readonly HistoryStep[] };

export class GetTicketHistory extends Query<HistoryQuery, TicketHistory | Refusal> {}

/** The ticket's life step by step, from the log itself. */
export const ticketHistory =
  (ports: Ports) =>
  async ({ ticketId, asOf }: HistoryQuery): Promise<TicketHistory | Refusal> => {
    const { events } = await tickets.of(ports, ticketId).load();
    return events.length === 0 ? refuse('not-found') : { ticketId, steps: historySteps(events, asOf) };
  };

/** A state's value as it is shown: personal text as a mark, or in clear where that was asked for. */
export type ChangeView = StateChange<Exclude<Leaf, PersonalText>>;
export type StepView = Omit<ExplainedStep, 'changes'> & { readonly changes: readonly ChangeView[] };
/** A command that was refused, from the operational journal; it changed nothing. */
export type RefusedEntry = RefusedAttempt & { readonly kind: 'refused'; readonly sentence: Sentence };
export type EntryView = StepView | Exclude<ExplainedEntry, ExplainedStep> | RefusedEntry;

export type TicketExplained = {
  readonly ticketId: string;
  readonly asOf: Instant;
  /** the tables have not read the newest events of the log yet: other streams may have said more than is judged on here */
  readonly late: boolean;
  /** in order of time */
  readonly entries: readonly EntryView[];
  /** as of `asOf`; what `GET /audit/tickets/:id` answers */
  readonly judgement?: Judgement;
  /** the words of each article named above, as the act has them */
  readonly articles: Readonly<Record<string, Sentence>>;
};

/** What the outside adds: the chain's verifier, and sentences for articles and codes. */
export type Explaining = {
  readonly chainOf: ChainOf;
  readonly wordsOfArticle: (article: string) => Sentence;
  readonly sentenceOf: (code: RefusalCode, policies: Policies) => Sentence;
};
export type ExplainedQuery = { readonly ticketId: string; readonly asOf?: Instant };

/** Steps before all else of their instant: what was refused then was refused after them. */
const inOrderOfTime = (entries: readonly EntryView[], refused: readonly RefusedEntry[]): readonly EntryView[] =>
  [...entries, ...refused].toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

const articlesIn = (entries: readonly EntryView[]): readonly string[] => {
  const named = entries.flatMap((entry) => {
    if (entry.kind === 'refused') return entry.article ?? [];
    return [...(entry.kind === 'step' ? [entry.article] : []), ...entry.turned.map(({ article }) => article)];
  });
  return [...new Set(named)].sort();
};

export class ExplainTicket extends Query<ExplainedQuery, TicketExplained | Refusal> {}

/**
 * A ticket's life step by step with what was known then: who, which article, what changed, what fell due, and which checks turned; between
 * the steps what turned by time or elsewhere, and what was refused.
 * @param showPersonal for a reader who may see it, on the machine of the service only
 */
export const ticketExplained =
  ({ chainOf, wordsOfArticle, sentenceOf }: Explaining, showPersonal = false) =>
  (ports: Ports) =>
  async ({ ticketId, asOf: until }: ExplainedQuery): Promise<TicketExplained | Refusal> => {
    const { events, position } = await tickets.of(ports, ticketId).load();
    if (events.length === 0) return refuse('not-found');
    const asOf = until ?? ports.clock.now();
    const late = (await ports.readModels.position(tables.auditEvidence)) < position;
    const evidence = await gatherEvidence(ports, ticketId);
    const found = caseFileFrom(ticketId, (key) => evidence.get(key), await chainOf(ports, ticketStream(ticketId)));
    const caseFile = found && { ...found.caseFile, ticket: events };
    const leaf = async (value: Leaf): Promise<Exclude<Leaf, PersonalText>> =>
      isPersonalText(value) ? readableText(value, ports.personalData, showPersonal) : value;
    const shown = async ({ name, before, after }: StateChange): Promise<ChangeView> => ({
      name,
      ...(before === undefined ? {} : { before: await leaf(before) }),
      ...(after === undefined ? {} : { after: await leaf(after) }),
    });
    const explained: EntryView[] = [];
    for (const entry of explainedHistory(events, caseFile, asOf, until === undefined)) {
      const judged = entry.judgement === undefined ? {} : { judgement: judgementHere(ports, entry.judgement) };
      explained.push(
        entry.kind === 'step' ? { ...entry, ...judged, changes: await Promise.all(entry.changes.map(shown)) } : { ...entry, ...judged },
      );
    }
    const refused = (await refusedAttempts(ports, ticketId, events, until)).map((attempt) => ({
      kind: 'refused' as const,
      ...attempt,
      sentence: sentenceOf(attempt.code, ports.policies),
    }));
    const entries = inOrderOfTime(explained, refused);
    const isJudged = explained.some((entry) => 'judgement' in entry);
    return {
      ticketId,
      asOf,
      late,
      entries,
      ...(caseFile !== undefined && isJudged ? { judgement: judgementHere(ports, judge(caseFile, asOf, until === undefined)) } : {}),
      articles: Object.fromEntries(articlesIn(entries).map((article) => [article, wordsOfArticle(article)])),
    };
  };
