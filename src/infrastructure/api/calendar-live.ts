import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalKey } from '../../application/kernel/access';
import type { Ports } from '../../application/kernel/ports/ports';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { type StaffCalendarRow, tables } from '../../application/kernel/ports/tables';
import type { Whose } from '../../application/staff/whose';
import { isStillTheirs } from './access/principals';
import { officialOf } from './access/viewer';
import { beginStream, type LiveStreams } from './live-streams';

const isOf = (row: StaffCalendarRow | undefined, whose: Whose): boolean =>
  row !== undefined &&
  ('staffId' in whose ? row.staffId === whose.staffId : 'departmentCode' in row && row.departmentCode === whose.departmentCode);

/** A row that cannot be read now is told as well: a reader who asks for it gets the reason. */
const rowOf = async (ports: Ports, key: string): Promise<StaffCalendarRow | undefined> => {
  try {
    return await ports.readModels.get<StaffCalendarRow>(tables.staffCalendar, key);
  } catch (error) {
    if (error instanceof RowParked) return undefined;
    throw error;
  }
};

/**
 * Tells an official the changes of their own calendar, until the browser goes, the service stops, or the reader is too slow (it connects
 * again and reads anew). A reader who last read the calendar at `since` hears at once that it has moved on. A meeting that leaves the
 * calendar is told to the readers who were told of it before. Before each message the service checks who the reader is: once that is not
 * the person who began, the stream ends, and the browser may ask anew.
 */
export const tellChanges = async (
  ports: Ports,
  streams: LiveStreams,
  whose: Whose,
  request: FastifyRequest,
  reply: FastifyReply,
  since?: string,
): Promise<void> => {
  const stream = beginStream(streams, principalKey(officialOf(request)), request, reply);
  if (stream === undefined) return;
  const { signal, write, end } = stream;
  const changes = ports.readModels.changes(signal);
  const told = new Set<string>();
  try {
    if (since !== undefined && (await ports.readModels.position(tables.staffCalendar)) > since) write('event: changed\ndata: {}\n\n');
    for await (const { projection, key, position } of changes) {
      if (projection !== tables.staffCalendar) continue;
      const own = isOf(await rowOf(ports, key), whose);
      if (!own && !told.has(key)) continue;
      if (!(await isStillTheirs(request))) break;
      if (own) told.add(key);
      else told.delete(key);
      write(`id: ${position}\nevent: changed\ndata: ${JSON.stringify({ ticketId: key, position })}\n\n`);
    }
  } finally {
    end();
  }
};
