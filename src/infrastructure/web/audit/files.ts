import type { AuditedTicket } from '../../../application/audit/audit-ticket';
import type { AuditListed } from '../../../application/audit/audit-list';
import type { TicketHistory } from '../../../application/audit/ticket-history';
import type { Locale } from '../../../domain/ticket/facts';
import { csvOf } from '../../runtime/csv';

/** One line a step, as the API tells it. */
export const historyCsv = ({ steps }: TicketHistory): string =>
  csvOf(
    steps.map(({ position, eventId, type, at, actor, article, state, changed }, index) => ({
      step: index + 1,
      at,
      type,
      actorKind: actor.kind,
      actorId: actor.id,
      article,
      state,
      changed: changed.join(' '),
      position,
      eventId,
    })),
  );

/** One line a check, with the moment it was judged at. */
export const checksCsv = ({ ticketId, asOf, facts, overall, checks }: AuditedTicket, locale: Locale): string =>
  csvOf(
    checks.map(({ id, verdict, article, text, evidence, failsAt }) => ({
      ticketId,
      reference: facts.reference,
      asOf,
      overall,
      check: id,
      verdict,
      article,
      text: text[locale],
      failsAt: failsAt ?? null,
      evidence: evidence.join(' '),
    })),
  );

/** The same rows as the list of the API has. */
export async function* listJson(rows: AsyncIterable<AuditListed>): AsyncGenerator<string> {
  yield '{"tickets":[';
  let isFirst = true;
  for await (const row of rows) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield '\n]}\n';
}
