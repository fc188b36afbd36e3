import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { AuditRow } from '../../../src/application/kernel/ports/tables';
import { type CaseFile, type LiveMeeting, liveMeetings } from '../../../src/domain/audit/case-file';
import { judge } from '../../../src/domain/audit/judge';
import type { DomainEvent } from '../../../src/domain/facts';
import { requestStream } from '../../../src/domain/request/facts';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { writeExport } from '../../../src/infrastructure/proof/export/write-export';
import type { JudgedTicket } from '../../../src/infrastructure/proof/judge/judge-carried';
import { judgeExport } from '../../../src/infrastructure/proof/judge/judge-file';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { createMemoryCheckpointStore, createNoteSigner } from '@tichet-albastru/signed-log';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { allProjections } from '../../../src/projections/all-projections';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { breaches } from '../../domain/audit/law/breaches';
import type { History } from '../../support/history';
import { historyOfLife, lifeOf, longAfter } from '../../support/lives';
import { signedOnce } from '../../support/sealed-demo';
import { appendTo, sideBySide, tables } from './world';

/** As many as fit in memory beside the others; the seeds go on from log to log. */
const inOneLog = 250;
/** A hundred thousand take hours: JUDGED_TICKETS=100000, in parts JUDGED_TICKETS=10000 JUDGED_FROM=20001. */
const wanted = Number(process.env['JUDGED_TICKETS'] ?? 120);
const firstSeed = Number(process.env['JUDGED_FROM'] ?? 1);
const last = firstSeed + wanted - 1;

/** Every third ticket with some sentence broken, where that needs no other person, calendar, meeting or chain. */
const told = (seed: number): History => {
  const kept = historyOfLife(lifeOf(seed));
  const broken = seed % 3 === 0 ? breaches[Math.floor(seed / 3) % breaches.length]?.breaks(kept) : undefined;
  const isAlone = broken?.staff === kept.staff && broken.calendar === kept.calendar && broken.otherMeetings === kept.otherMeetings;
  return broken !== undefined && isAlone && broken.chain === kept.chain ? broken : kept;
};

type Checks = readonly { readonly id: string; readonly verdict: string; readonly grade?: string | undefined }[];
const inWords = (overall: string, checks: Checks): string =>
  [overall, ...checks.filter(({ id }) => id !== 'C21').map(({ id, verdict, grade = '' }) => `${id} ${verdict} ${grade}`.trim())].join(', ');

const isOf =
  <C extends DomainEvent['category']>(category: C) =>
  (event: DomainEvent): event is Extract<DomainEvent, { readonly category: C }> =>
    event.category === category;

const requestNamedBy = (ticket: CaseFile['ticket']): string | undefined => {
  const requested = ticket.find(({ fact }) => fact.type === 'Requested')?.fact;
  return requested?.type === 'Requested' ? requestStream(requested.data.request) : undefined;
};

/** The case files of all tickets, of the whole facts as they stand in the log: no projection has a hand in it. */
const caseFilesFrom = (events: readonly DomainEvent[], histories: readonly History[]): readonly CaseFile[] => {
  const streams = new Map<string, DomainEvent[]>();
  for (const event of events) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  const of = (stream: string | undefined): readonly DomainEvent[] => streams.get(stream ?? '') ?? [];
  const tickets = histories.map((history) => ({ history, ticket: of(`ticket-${history.ticketId}`).filter(isOf('ticket')) }));
  const otherMeetings: readonly LiveMeeting[] = tickets.flatMap(({ history, ticket }) => liveMeetings(history.ticketId, ticket));
  return tickets.map(({ history: { ticketId, staff }, ticket }) => ({
    ticketId,
    ticket,
    request: of(requestNamedBy(ticket)).filter(isOf('request')),
    staff: Object.fromEntries(Object.keys(staff).map((id) => [id, of(`staff-${id}`).filter(isOf('staff'))])),
    calendar: of('calendar-ro').filter(isOf('calendar')),
    otherMeetings,
    chain: { intact: true },
  }));
};

/** The log of these lives, sealed, with the tables filled from it. */
const sealed = async (histories: readonly History[], projections: readonly Projection[]) => {
  const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
  const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));
  const ports = createTestPorts({ store, signedLog: createCurrentSignedLog({ checkpoints, verifier: key, counts: true }) });
  ports.clock.set(longAfter);
  const append = appendTo(store, ports.codec);
  for (const fact of sideBySide(...histories)) await append(fact);
  await catchUp(ports, projections);
  await signedOnce(store, checkpoints, key);
  return { ports, key };
};

/** What an export of all says, judged anew from its own bytes. */
const judgedInExport = async ({ ports, key }: Awaited<ReturnType<typeof sealed>>): Promise<ReadonlyMap<string, JudgedTicket>> => {
  const lines: string[] = [];
  for await (const line of writeExport(ports, { signer: key })) lines.push(line);
  const judged = new Map<string, JudgedTicket>();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(lines.join('')));
  }
  const checked = await judgeExport(ports.codec, bytes(), {
    given: key,
    onTicket: (outcome) => {
      if (!('because' in outcome)) judged.set(outcome.ticketId, outcome);
    },
  });
  expect(checked.findings).toEqual([]);
  return judged;
};

/** The tickets of one log whose verdicts in the table, or of an export judged anew, are others than those of the facts themselves. */
const differences = async (
  histories: readonly History[],
  projections: readonly Projection[] = allProjections,
): Promise<readonly string[]> => {
  const log = await sealed(histories, projections);
  const { store, codec, readModels } = log.ports;
  const events: DomainEvent[] = [];
  for await (const event of store.readAll()) events.push(codec.decode(event));
  const exported = await judgedInExport(log);
  const found: string[] = [];
  for (const caseFile of caseFilesFrom(events, histories)) {
    const { ticketId } = caseFile;
    const row = await readModels.get<AuditRow>(tables.auditTrail, ticketId);
    const { overall, checks } = judge(caseFile, row?.asOf ?? '');
    const grades = new Map<string, string>(Object.entries(row?.grades ?? {}));
    const kept = Object.entries(row?.verdicts ?? {}).map(([id, verdict]) => ({ id, verdict, grade: grades.get(id) }));
    const [table, facts] = [inWords(row?.overall ?? '', kept), inWords(overall, checks)];
    if (table !== facts) found.push(`${ticketId}, table: ${table} | ${facts}`);
    const again = exported.get(ticketId);
    const now = judge(caseFile, again?.asOf ?? '');
    const [carried, own] = [inWords(again?.judgement.overall ?? '', again?.judgement.checks ?? []), inWords(now.overall, now.checks)];
    if (carried !== own || again?.difference !== undefined) found.push(`${ticketId}, export: ${carried} | ${own}`);
  }
  return found;
};

describe('a ticket', () => {
  it('has the same verdicts, and the same grades, of its facts, in the table, and of an export judged anew', async () => {
    for (let first = firstSeed; first <= last; first += inOneLog) {
      const seeds = Array.from({ length: Math.min(inOneLog, last - first + 1) }, (_, index) => first + index);
      expect(await differences(seeds.map(told))).toEqual([]);
    }
  });

  it('would be found if the table forgot a fact', async () => {
    const forgetful: typeof auditEvidence = {
      ...auditEvidence,
      apply: (row, event, key) => (event.fact.type === 'EmailVerified' ? row : auditEvidence.apply(row, event, key)),
    };
    const others = allProjections.filter(({ name }) => name !== auditEvidence.name);
    expect(await differences([told(1), told(2), told(4)], [...others, forgetful])).not.toEqual([]);
  });
});
