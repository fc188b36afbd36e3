import { createHash } from 'node:crypto';
import { EventLogCorrupt, type Recorded } from '../../../application/kernel/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { LogCheckpoint } from '../../../application/kernel/ports/signed-log';
import { auditList, judgedAgain, type AuditListed } from '../../../application/audit/audit-list';
import { defined } from '../../../domain/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ticketStream } from '../../../domain/ticket/facts';
import { startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { chainOf } from '../chain-of';
import { signNote, type NoteSigner } from '../../signed-log/signed-note';
import { exportFormat, lineOf, manifestText, type ExportedEvent, type ExportedTicket } from './export-lines';

export type ExportQuery = {
  /** meetings of these days, both inclusive */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** the key that signs the log; without it the manifest is not signed */
  readonly signer?: NoteSigner;
  readonly onTicket?: (ticket: ExportedTicket) => void;
};

const rowsAtOnce = 200;

async function* rowsInOrder(ports: Ports, { from, to }: ExportQuery): AsyncGenerator<AuditListed> {
  const days = { ...(from === undefined ? {} : { from: startOfDay(from) }), ...(to === undefined ? {} : { before: startOfNextDay(to) }) };
  for (let cursor: string | undefined; ;) {
    const page = await auditList(chainOf)(ports)({ ...days, limit: rowsAtOnce, ...defined({ cursor }) });
    yield* page.tickets;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

/** Of one tree the newest note; with its cosignatures, where a witness is as far. */
const newestNote = async ({ signedLog }: Pick<Ports, 'signedLog'>): Promise<LogCheckpoint | undefined> => {
  const newest = await signedLog?.checkpoint();
  const witnessed = newest && (await signedLog?.witnessed());
  return witnessed?.size === newest?.size ? witnessed : newest;
};

const withStatus = async ({ signedLog }: Pick<Ports, 'signedLog'>, event: Recorded, upTo?: LogCheckpoint): Promise<ExportedEvent> => {
  const { stream, revision, id, type, body, hash } = event;
  const text = { stream, revision, id, type, body, hash };
  if (signedLog === undefined) return { ...text, unsealed: 'not-sealed' };
  if (upTo === undefined) return { ...text, unsealed: 'not-yet' };
  const standing = await signedLog.standing(event, upTo);
  return standing.kind === 'sealed' ? { leaf: standing.leaf, ...text, proof: standing.proof } : { ...text, unsealed: standing.kind };
};

const ticketOf = async (ports: Ports, row: AuditListed, asOf: Instant, upTo?: LogCheckpoint): Promise<ExportedTicket> => {
  const { ticketId } = row;
  const audited = await judgedAgain(ports, chainOf, ticketId, asOf);
  const judged = audited === undefined || isRefusal(audited) ? { listed: row } : { audited };
  const events: ExportedEvent[] = [];
  try {
    for await (const event of ports.store.read(ticketStream(ticketId))) events.push(await withStatus(ports, event, upTo));
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return { ticketId, ...judged, events, unreadable: true };
  }
  return { ticketId, ...judged, events };
};

/**
 * The export as JSON Lines, in the order of the meetings: a head, a line a ticket with its verdicts and its events, and a manifest over all
 * that stands before it. Whoever was erased stays so: what is hashed is ciphertext. Only one ticket is in memory at a time.
 */
export async function* writeExport(ports: Ports, asked: ExportQuery): AsyncGenerator<string> {
  const { from, to, signer, onTicket = () => undefined } = asked;
  const asOf = ports.clock.now();
  const upTo = await newestNote(ports);
  const sum = createHash('sha256');
  const counts = { tickets: 0, events: 0 };
  const summed = (line: string): string => {
    sum.update(line);
    return line;
  };
  yield summed(
    lineOf({
      format: exportFormat,
      asked: defined({ from, to }),
      asOf,
      ...defined({ verifier: ports.signedLog?.verifier, checkpoint: upTo?.note }),
    }),
  );
  for await (const row of rowsInOrder(ports, asked)) {
    const ticket = await ticketOf(ports, row, asOf, upTo);
    counts.tickets += 1;
    counts.events += ticket.events.length;
    yield summed(lineOf(ticket));
    onTicket(ticket);
  }
  const text = manifestText({
    ...counts,
    sum: sum.digest('hex'),
    asOf,
    ...(upTo === undefined ? {} : { checkpoint: { size: upTo.size, root: upTo.root } }),
  });
  yield lineOf({ manifest: signer === undefined ? text : signNote(text, signer) });
}
