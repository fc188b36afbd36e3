import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { tables } from '../../../application/kernel/ports/tables';
import type { LogCheckpoint } from '../../../application/kernel/ports/signed-log';
import { auditList, judgedAgain, type AuditListed } from '../../../application/audit/audit-list';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ticketStream } from '../../../domain/ticket/facts';
import { wholeDays } from '../../../domain/time/civil-time';
import { recordedAtOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { chainOf } from '../chain-of';
import { signNote, type NoteSigner } from '@tichet-albastru/signed-log';
import { readTogether } from './read-together';
import { nothingRestedOn, type RestedOn, restedOn } from '../rested-on';
import {
  type ExportedClock,
  type ExportedEvent,
  type ExportedStream,
  type ExportedTicket,
  exportFormat,
  lineOf,
  manifestText,
} from './export-lines';

export type ExportQuery = {
  /** meetings of these days, both inclusive */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** the key that signs the log; without it the manifest is not signed */
  readonly signer?: NoteSigner;
  readonly onTicket?: (ticket: ExportedTicket) => void;
};

const rowsAtOnce = 200;

/** Whether more than half of all tickets are asked for. */
const wantsMost = async ({ readModels }: Pick<Ports, 'readModels'>, asked: ExportQuery): Promise<boolean> => {
  const days = wholeDays(asked);
  if (Object.keys(days).length === 0) return true;
  const all = await readModels.count(tables.auditTrail);
  return (await readModels.count(tables.auditTrail, [{ column: 'startsAt', ...days }])) * 2 > all;
};

async function* rowsInOrder(ports: Ports, asked: ExportQuery): AsyncGenerator<AuditListed> {
  const days = wholeDays(asked);
  for (let cursor: string | undefined; ;) {
    const page = await auditList(chainOf)(ports)({ ...days, order: 'earliest', limit: rowsAtOnce, ...defined({ cursor }) });
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
  const { stream, revision, id, type, position, body, hash } = event;
  const text = { stream, revision, id, type, position, body, hash };
  if (signedLog === undefined) return { ...text, unsealed: 'not-sealed' };
  if (upTo === undefined) return { ...text, unsealed: 'not-yet' };
  const standing = await signedLog.standing(event, upTo);
  return standing.kind === 'sealed' ? { leaf: standing.leaf, ...text, proof: standing.proof } : { ...text, unsealed: standing.kind };
};

/** The first events of a stream, behind those that were told before. */
type Told = { readonly events: readonly ExportedEvent[]; readonly unreadable?: true };
const toldOf = async (ports: Ports, stream: string, [from, to]: readonly [number, number], upTo?: LogCheckpoint): Promise<Told> => {
  const events: ExportedEvent[] = [];
  let at = 0;
  try {
    for await (const event of ports.store.read(stream)) {
      if (at >= to) break;
      if (at >= from) events.push(await withStatus(ports, event, upTo));
      at += 1;
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return { events, unreadable: true };
  }
  return { events };
};

type TicketTold = { readonly ticket: ExportedTicket; readonly rested: RestedOn };

const ticketOf = async (ports: Ports, row: AuditListed, now: Instant, upTo?: LogCheckpoint): Promise<TicketTold> => {
  const { ticketId } = row;
  const rested = await restedOn(ports, ticketId).catch((error: unknown) => {
    if (error instanceof RowParked) return undefined;
    throw error;
  });
  const audited = await judgedAgain(ports, chainOf, ticketId, { now });
  const judged = audited === undefined || isRefusal(audited) ? { listed: row } : { audited };
  const own = await toldOf(ports, ticketStream(ticketId), [0, Infinity], upTo);
  if (rested === undefined || 'listed' in judged) return { ticket: { ticketId, ...judged, ...own }, rested: nothingRestedOn };
  const request = rested.request && (await toldOf(ports, rested.request.stream, [0, rested.request.events], upTo));
  return {
    ticket: {
      ticketId,
      ...judged,
      ...own,
      judged: rested.judged,
      ...(request && { request: request.events }),
      ...(rested.meetings.length > 0 && { meetings: rested.meetings }),
      ...(request?.unreadable && { unreadable: request.unreadable }),
    },
    rested,
  };
};

/** Until the tables have not moved meanwhile: what is told is what was judged on. */
const whileTheyStand = async (ports: Ports, row: AuditListed, now: Instant, upTo?: LogCheckpoint): Promise<TicketTold> => {
  for (let tries = 1; ; tries += 1) {
    const before = await ports.readModels.position(tables.auditTrail);
    const told = await ticketOf(ports, row, now, upTo);
    const stand = (await ports.readModels.position(tables.auditTrail)) === before;
    if (tries >= mostTries || (stand && !lagsBehind(told, now))) return told;
    if (stand) await setTimeout(milliseconds);
  }
};
const mostTries = 20;
const milliseconds = 50;

/** The tables do not know yet of an event that was recorded by then: a reader who judges the file counts it. */
const lagsBehind = ({ ticket: { events, judged } }: TicketTold, now: Instant): boolean =>
  judged !== undefined && events.slice(judged).some((event) => (recordedAtOf(event) ?? now) <= now);

/** What stands in the file before a ticket, of what other tickets rest on as well: each event once. */
const createShared = (upTo?: LogCheckpoint) => {
  const written = new Map<string, number>();
  let clock = '[]';
  return async function* (ports: Ports, rested: RestedOn): AsyncGenerator<ExportedStream | ExportedClock> {
    const now = JSON.stringify(rested.clock);
    if (now !== clock) yield { clock: rested.clock };
    clock = now;
    for (const { stream, events } of rested.others) {
      const before = written.get(stream) ?? 0;
      if (events <= before) continue;
      const told = await toldOf(ports, stream, [before, events], upTo);
      written.set(stream, events);
      yield { stream, ...told };
    }
  };
};

/**
 * The export as JSON Lines, in the order of the meetings: a head, a line a ticket with its verdicts, its events and those of its request,
 * before it what its verdicts rest on and share with others, and a manifest over all that stands before it. A person who was erased
 * stays so: what is hashed is ciphertext. Only a page of tickets is in memory at a time.
 */
export async function* writeExport(ports: Ports, asked: ExportQuery): AsyncGenerator<string> {
  const { from, to, signer, onTicket = () => undefined } = asked;
  const asOf = ports.clock.now();
  const upTo = await newestNote(ports);
  const sum = createHash('sha256');
  const counts = { tickets: 0, events: 0, evidence: 0 };
  const shared = createShared(upTo);
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
  const together = await readTogether(ports, await wantsMost(ports, asked));
  try {
    for await (const row of rowsInOrder(together.ports, asked)) {
      const told = await ticketOf(together.ports, row, asOf, upTo);
      // what is judged may know of an event that came after the reading
      const { ticket, rested } = (await together.holds()) && !lagsBehind(told, asOf) ? told : await whileTheyStand(ports, row, asOf, upTo);
      for await (const line of shared(together.ports, rested)) {
        if ('stream' in line) counts.evidence += line.events.length;
        yield summed(lineOf(line));
      }
      counts.tickets += 1;
      counts.events += ticket.events.length;
      counts.evidence += ticket.request?.length ?? 0;
      yield summed(lineOf(ticket));
      onTicket(ticket);
    }
  } finally {
    together.close();
  }
  const text = manifestText({
    format: exportFormat,
    ...counts,
    sum: sum.digest('hex'),
    asOf,
    ...(upTo === undefined ? {} : { checkpoint: { size: upTo.size, root: upTo.root } }),
  });
  yield lineOf({ manifest: signer === undefined ? text : signNote(text, signer) });
}
