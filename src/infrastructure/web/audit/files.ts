import type { AuditedTicket } from '../../../application/queries/audit-ticket';
import type { AuditListed } from '../../../application/queries/audit-list';
import type { TicketHistory } from '../../../application/queries/ticket-history';
import { checkIds } from '../../../domain/audit/check';
import type { Locale } from '../../../domain/ticket/facts';
import { byteOrderMark, csvLine, csvOf } from '../../http/csv';

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
export const auditCsv = ({ ticketId, asOf, facts, overall, checks }: AuditedTicket, locale: Locale): string =>
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

const listHead = [
  'ticketId',
  'reference',
  'startsAt',
  'requestedAt',
  'staffId',
  'departmentCode',
  'mode',
  'overall',
  'warnings',
  'waived',
  'asOf',
] as const;

/** One line a ticket, with the verdict of each check: as `tichet export --format csv` writes it. */
export async function* listCsv(rows: AsyncIterable<AuditListed>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine([...listHead, ...checkIds]);
  for await (const row of rows) yield csvLine([...listHead.map((name) => row[name]), ...checkIds.map((id) => row.verdicts[id] ?? null)]);
}

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
