import { defined } from '../../domain/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketFactsRow } from '../kernel/ports/tables';

/** Dates of meetings, both inclusive. */
export type Period = { readonly from: CivilDate; readonly to: CivilDate };

/** Scheduled tickets whose meeting stands on one of these days, the earliest first. */
export const ticketsOfPeriod = async (ports: Ports, { from, to }: Period): Promise<readonly TicketFactsRow[]> => {
  const rows: TicketFactsRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<TicketFactsRow>(tables.ticketFacts, {
      where: [{ column: 'scheduledFor', from: startOfDay(from), before: startOfNextDay(to) }],
      orderBy: [{ column: 'scheduledFor' }],
      limit: 500,
      ...defined({ cursor }),
    });
    rows.push(...page.rows);
    cursor = page.next;
    // a year of a city has a hundred pages: whoever books meanwhile waits for one of them, not for all
    await new Promise(setImmediate);
  } while (cursor !== undefined);
  return rows;
};
