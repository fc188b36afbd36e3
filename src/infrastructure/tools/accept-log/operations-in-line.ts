import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Operations } from '../../../application/kernel/ports/operations';
import { webhookRegister } from '../../../application/operation/webhooks';
import { plusHours } from '../../../domain/time/civil-time';
import { publicationName } from '../../proof/publication/publication-name';
import { letterKey } from '../../proof/publication/publish-newest';
import { fieldsOf, isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { statusKey, timeStampName } from '@tichet-albastru/signed-log';
import type { OperationRows } from '../../tables/operations/operation-tables';
import { type CarriedRows, type CarriedTable, pagesOf } from '../copy/carry-operations';
import { causeIn, type Witnessed } from './compare-log';
import type { Plan } from './plan.codec';

/** Clocks of several processes may differ so much: what was done so long before the newest common fact is looked at anew as well. */
const marginHours = -1;

/** The rows of a table as they are to be: none where one goes. Reads through another connection than the one that replaces. */
const mapped = async <T extends CarriedTable>(
  { read, write }: { readonly read: Pick<CarriedRows, 'after'>; readonly write: Pick<CarriedRows, 'replace'> },
  table: T,
  map: (row: OperationRows[T]) => readonly OperationRows[T][],
): Promise<void> => {
  async function* pages(): AsyncGenerator<readonly OperationRows[T][], void, undefined> {
    for await (const page of pagesOf(read, table)) {
      const left = page.flatMap(map);
      if (left.length > 0) yield left;
    }
  }
  await write.replace(table, pages());
};

type InLine = {
  readonly store: EventStore;
  readonly operations: Pick<Operations, 'keyValues'>;
  readonly operationRows: { readonly read: Pick<CarriedRows, 'after'>; readonly write: Pick<CarriedRows, 'replace'> };
};

/** A target that was told of what is gone goes on behind what the log still has of it. */
const webhooksInLine = async ({ store, operations, operationRows }: InLine, { common }: Plan): Promise<void> => {
  for await (const page of pagesOf(operationRows.read, 'registers'))
    for (const { name, value } of page) {
      if (!name.startsWith(webhookRegister(''))) continue;
      const status = parsedJson(value);
      const last = isJsonObject(status) ? fieldsOf(status['last'], { stream: 'text', revision: 'count', id: 'text' }) : undefined;
      if (!isJsonObject(status) || last === undefined) continue;
      let stands = false;
      for await (const event of store.read(last.stream, last.revision, 1)) stands = event.id === last.id;
      if (stands) continue;
      const { last: _, ...others } = status;
      await operations.keyValues.put(name, JSON.stringify({ ...others, position: common.position }));
    }
};

/**
 * What is remembered beside the log, as if what is gone had never been done: a command that is sent again is done again, an effect whose
 * outcome is gone is performed again, a place that a ticket has taken that is no more is free. What letters went out stays known.
 * @param witnessed what the log does not have of it
 */
export const bringOperationsInLine = async (inLine: InLine, plan: Plan, { commands, causes, tickets }: Witnessed): Promise<void> => {
  const { recordedAt } = plan.common;
  const since = recordedAt === undefined ? '' : plusHours(recordedAt, marginHours);
  const { operationRows, operations } = inLine;
  // the same command completes what it has begun; one without any event left counts as another one
  await mapped(operationRows, 'idempotency', (row) => {
    if (commands.has(row.commandId)) return [];
    return row.at < since ? [row] : [{ ...row, answer: null }];
  });
  await mapped(operationRows, 'attempts', (row) => {
    const causeId = causeIn(row.effectId)?.causeId;
    return row.lastAt >= since || (causeId !== undefined && causes.has(causeId)) ? [] : [row];
  });
  await mapped(operationRows, 'verification', (row) => (row.expiresAt >= since || tickets.has(row.ticketId) ? [] : [row]));
  await mapped(operationRows, 'email_cap', (row) => (tickets.has(row.ticketId.slice(row.ticketId.lastIndexOf('/') + 1)) ? [] : [row]));
  await webhooksInLine(inLine, plan);
  // services that confirm or publish checkpoints are told of the new tree; witnesses are not: they see that it is another
  for (const name of [statusKey(timeStampName), statusKey(publicationName), letterKey]) await operations.keyValues.remove(name);
};
