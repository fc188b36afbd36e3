import { auditList } from '../../src/application/audit/audit-list';
import { auditTicket } from '../../src/application/audit/audit-ticket';
import { gatherEvidence } from '../../src/application/kernel/reading/evidence';
import { cancelTicket } from '../../src/application/booking/cancel-ticket';
import { codeOfTicket } from '../../src/application/booking/codes';
import { requestTicket } from '../../src/application/booking/request-ticket';
import { verifyEmail } from '../../src/application/booking/verify-email';
import { commandOf } from '../../src/application/kernel/execute';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { performDue } from '../../src/application/kernel/processes/process';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { tickets } from '../../src/application/kernel/streams';
import { recordHeld } from '../../src/application/meeting/hold-meeting';
import { allProcesses } from '../../src/application/operation/all-processes';
import { registerRequest } from '../../src/application/requests/register-request';
import { issueResolution } from '../../src/application/resolution/issue-resolution';
import { registerStaff } from '../../src/application/staff/register-staff';
import type { CaseFile } from '../../src/domain/audit/case-file';
import { caseFileFrom } from '../../src/domain/audit/evidence';
import { type CheckId, judge } from '../../src/domain/audit/judge';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal';
import type { TicketFact } from '../../src/domain/ticket/facts';
import { recordingNotice } from '../../src/domain/ticket/request-ticket';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { auditEvidence } from '../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';

const full = process.env['FAULTS'] === 'full';
/** Each a city hall of its own, so that the tables stay small. */
const worlds = full ? 100 : 2;
const citizens = full ? 100 : 40;
const stepsOfAWorld = 10;

/** The same chance for the same seed. */
const chanceOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 8) % 1_000_003) / 1_000_003;
  };
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const begin = Date.parse('2026-03-02T06:00:00.000Z');
const settled = '2026-05-01T00:00:00.000Z';

/** By how much the clock of each of two processes is wrong, from a moment on and for so long. */
type Step = { readonly from: number; readonly until: number; readonly off: readonly [number, number] };
type Kind = 'in person' | 'by phone' | 'online' | 'cancelled';

const kinds: readonly Kind[] = ['in person', 'by phone', 'online', 'cancelled'];
const errors: readonly Step['off'][] = [
  [-2 * hour, -2 * hour],
  [15 * minute, 15 * minute],
  [2 * day, 2 * day],
  [0, 10 * minute],
  [0, -10 * minute],
];

/** When citizens ask, and when they meet: two weeks apart, so that no step moves anybody over a bound of the booking. */
const askedAt = (chance: () => number): number => begin + Math.floor(chance() * 3) * day + Math.floor(chance() * 9 * hour);
const meetsAt = (citizen: number): number =>
  Date.parse('2026-03-16T07:00:00.000Z') + (Math.floor(citizen / 5) % 5) * day + Math.floor(citizen / 25) * 45 * minute;

/** At the hours in which somebody acts, never two at once. */
const stepsAt = (chance: () => number): readonly Step[] => {
  const steps: Step[] = [];
  while (steps.length < stepsOfAWorld) {
    const asking = chance() < 0.6;
    const from = asking ? askedAt(chance) : Date.parse('2026-03-16T07:00:00.000Z') + Math.floor(chance() * 5) * day + chance() * 4 * hour;
    const until = from + (2 + chance() * 38) * minute;
    const off = errors[steps.length % errors.length];
    if (off !== undefined && steps.every((other) => other.until + hour < from || until + hour < other.from))
      steps.push({ from, until, off });
  }
  return steps;
};

type Server = Ports & { readonly number: 0 | 1 };
const chainOf = () => Promise.resolve({ intact: true });

/** What the facts of a ticket ask for and is not out: letters of what was scheduled, called off or written, and the filing. */
const owed = (facts: readonly TicketFact[]): readonly string[] => {
  const has = (type: TicketFact['type']): boolean => facts.some((fact) => fact.type === type);
  const hasMail = facts.some((fact) => fact.type === 'Requested' && fact.data.contact.email !== undefined);
  return [
    ...(hasMail && has('Scheduled') && !has('Cancelled') && !has('InvitationSent') ? ['invitation'] : []),
    ...(hasMail && has('Cancelled') && !has('CitizenNotified') ? ['cancellation'] : []),
    ...(has('ResolutionIssued') && !has('ResolutionFiled') ? ['filing'] : []),
    ...(hasMail && has('ResolutionIssued') && has('Held') && !has('ResolutionSent') ? ['resolution'] : []),
  ];
};

type Citizen = { readonly number: number; readonly kind: Kind; ticketId: string };
type Told = { readonly status: string; readonly caseFile: CaseFile };

/** Lives of citizens' tickets through use cases, runner and tables. True time goes on by itself; what the clocks show is another matter. */
const live = async (seed: number, steps: readonly Step[]) => {
  const chance = chanceOf(seed);
  let now = begin - hour;
  let standing: Step | undefined;
  const clockOf = (number: 0 | 1) => ({ now: () => new Date(now + (standing?.off[number] ?? 0)).toISOString() });
  const readModels = new MemoryReadModels();
  const usual = createTestPorts({ readModels });
  const servers = ([0, 1] as const).map((number): Server => ({
    ...usual,
    number,
    clock: clockOf(number),
    streamCache: new StreamCache(),
  }));
  const one = (): Server => servers[Math.floor(chance() * 2)] ?? { ...usual, number: 0 };
  const project = () => catchUp({ ...usual, rows: readModels }, [...allProcesses, auditEvidence]);
  const context = (server: Server) => commandOf({ kind: 'host' }, server.identifiers.next(), server.clock.now());
  let longest = 0;

  /** The runner looks once a second, on whichever process holds the lease. Its rounds are counted until it finds nothing more. */
  const settle = async (): Promise<void> => {
    for (let round = 1; ; round += 1) {
      now += 1000;
      await project();
      const { clock, ...ports } = one();
      let performed = 0;
      for (const process of allProcesses) {
        const { done, failed } = await performDue({ ...ports, clock }, process, clock.now(), { concurrency: 1 });
        performed += done + failed;
      }
      longest = Math.max(longest, round);
      if (performed === 0) return;
    }
  };
  const factsOf = async (ticketId: string): Promise<readonly TicketFact[]> =>
    (await tickets.of({ ...usual, streamCache: new StreamCache() }, ticketId).load()).events.map(({ fact }) => fact);
  const nothingOwed = async (ticketId: string): Promise<void> => {
    expect([ticketId, standing, owed(await factsOf(ticketId))]).toEqual([ticketId, standing, []]);
  };

  const [first] = servers;
  if (first === undefined) throw new Error('no server');
  const done = <T>(outcome: T | Refusal): T => {
    if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  const department = { department: 'Direcția Urbanism', departmentCode: '425' };
  const staffOf = (citizen: number): string => `S-${String(citizen % 5)}`;
  const requestOf = (citizen: number) => ({ number: String(100_000 + citizen), filedOn: '2026-02-10' });
  for (let person = 0; person < 5; person += 1) {
    const staff = { staffId: staffOf(person), name: 'Ioana Mureșan', email: 'ioana@primaria.example', role: 'executive' as const };
    done(await registerStaff(first)(context(first), { ...staff, ...department }));
  }
  for (let citizen = 0; citizen < citizens; citizen += 1) {
    const about = { applicantName: 'POPESCU ION', handlerStaffId: staffOf(citizen), status: 'in-operation' as const };
    done(await registerRequest(first)(context(first), { ...requestOf(citizen), ...about, ...department }));
  }
  await settle();

  // what somebody does at a moment; whoever is refused, because of a clock, tries again a little later
  const acts: { readonly at: number; readonly act: (server: Server) => Promise<unknown> }[] = [];
  const later = (at: number, act: (server: Server) => Promise<unknown>): void => {
    acts.push({ at, act });
    acts.sort((a, b) => a.at - b.at);
  };
  const untilAccepted = (citizen: Citizen, act: (server: Server) => Promise<unknown>, next: () => void) => {
    const attempt = async (server: Server): Promise<void> => {
      if (isRefusal(await act(server))) later(now + 7 * minute, attempt);
      else {
        await settle();
        await nothingOwed(citizen.ticketId);
        next();
      }
    };
    return attempt;
  };
  const isMet = (citizen: Citizen): number => Math.max(meetsAt(citizen.number) + 16 * minute, now + minute);
  const ask = (citizen: Citizen): ((server: Server) => Promise<void>) =>
    untilAccepted(
      citizen,
      (server) => {
        citizen.ticketId = server.identifiers.next();
        const mail = citizen.kind === 'by phone' ? {} : { email: `c${String(citizen.number)}@example.org` };
        return requestTicket(server)(context(server), {
          ticketId: citizen.ticketId,
          holdId: server.identifiers.next(),
          request: requestOf(citizen.number),
          startsAt: new Date(meetsAt(citizen.number)).toISOString(),
          mode: citizen.kind === 'online' ? 'online' : citizen.kind === 'by phone' ? 'phone' : 'in-person',
          phone: '0740123456',
          ...mail,
          ...(citizen.kind === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {}),
        });
      },
      () => {
        if (citizen.kind === 'by phone') later(isMet(citizen), hold(citizen));
        else later(now + (2 + (citizen.number % 5)) * minute, verify(citizen));
      },
    );
  const verify =
    (citizen: Citizen) =>
    async (server: Server): Promise<void> => {
      const code = await server.operations.codes.get(codeOfTicket(citizen.ticketId, 1), server.clock.now());
      const verified = await verifyEmail(server)(context(server), { ticketId: citizen.ticketId, code: code ?? '000000' });
      // a clock that was ahead has ended the code, or will: the citizen asks anew
      if (isRefusal(verified)) later(now + 20 * minute, ask(citizen));
      else {
        await settle();
        await nothingOwed(citizen.ticketId);
        if (citizen.kind === 'cancelled') later(now + 3 * hour, cancelled(citizen));
        else later(isMet(citizen), hold(citizen));
      }
    };
  const cancelled = (citizen: Citizen) =>
    untilAccepted(
      citizen,
      (server) => cancelTicket(server)(context(server), { ticketId: citizen.ticketId, by: 'citizen' }),
      () => undefined,
    );
  const hold = (citizen: Citizen): ((server: Server) => Promise<void>) =>
    untilAccepted(
      citizen,
      (server) => {
        const at = meetsAt(citizen.number);
        const times = { startedAt: new Date(at).toISOString(), endedAt: new Date(at + 14 * minute).toISOString() };
        return recordHeld(server)(context(server), { ticketId: citizen.ticketId, ...times });
      },
      () => {
        later(now + 20 * minute, issue(citizen));
      },
    );
  const issue = (citizen: Citizen) =>
    untilAccepted(
      citizen,
      (server) => issueResolution(server)(context(server), { ticketId: citizen.ticketId, conclusions: 'S-a lămurit.' }),
      () => undefined,
    );

  const everybody = Array.from({ length: citizens }, (_, number): Citizen => ({
    number,
    kind: kinds[number % kinds.length] ?? 'in person',
    ticketId: '',
  }));
  for (const citizen of everybody) later(askedAt(chance), ask(citizen));
  let registered = 0;
  const stepping = (step: Step | undefined) => async (): Promise<void> => {
    standing = step;
    // the register goes on: what no later fact contradicts no log can tell
    registered += 1;
    const about = { applicantName: 'POPESCU ION', handlerStaffId: staffOf(0), status: 'in-operation' as const };
    done(
      await registerRequest(first)(context(first), {
        number: String(900_000 + registered),
        filedOn: '2026-02-10',
        ...about,
        ...department,
      }),
    );
    await settle();
    // whatever was asked for is still there, for whoever looks now
    const known = everybody.filter(({ ticketId }) => ticketId !== '');
    const asked: string[] = [];
    for (const { ticketId } of known) {
      const facts = await factsOf(ticketId);
      if (facts.some(({ type }) => type === 'Requested')) asked.push(ticketId);
      expect([ticketId, standing, owed(facts)]).toEqual([ticketId, standing, []]);
    }
    const server = one();
    const listed = new Set((await auditList(chainOf)(server)({})).tickets.map(({ ticketId }) => ticketId));
    expect(asked.filter((ticketId) => !listed.has(ticketId))).toEqual([]);
    const newest = asked.at(-1);
    if (newest !== undefined) expect(isRefusal(await auditTicket(chainOf)(server)({ ticketId: newest }))).toBe(false);
  };
  for (const step of steps) {
    later(step.from, stepping(step));
    later(step.until, stepping(undefined));
  }
  for (let next = acts.shift(); next !== undefined; next = acts.shift()) {
    // the runner looks in between as well, for what is appointed
    while (next.at - now > 6 * hour) {
      now += 6 * hour;
      await settle();
    }
    now = Math.max(now, next.at);
    await next.act(one());
  }
  now = Date.parse('2026-04-20T08:00:00.000Z');
  await settle();

  const told = new Map<number, Told>();
  for (const { number, ticketId } of everybody) {
    const audited = done(await auditTicket(chainOf)(first)({ ticketId }));
    const evidence = await gatherEvidence(first, ticketId);
    const found = caseFileFrom(ticketId, (key) => evidence.get(key), { intact: true });
    if (found !== undefined) told.set(number, { status: audited.facts.status, caseFile: found.caseFile });
  }
  return { told, longest, letters: usual.mailer.letters };
};

const withoutPlaces = (caseFile: CaseFile): CaseFile => {
  const unplaced = <E extends object>(events: readonly E[]): readonly E[] => events.map((event) => ({ ...event, position: '' }));
  const { ticket, request, calendar, staff } = caseFile;
  const byPerson = Object.fromEntries(Object.entries(staff).map(([id, events]) => [id, unplaced(events)]));
  return { ...caseFile, ticket: unplaced(ticket), request: unplaced(request), calendar: unplaced(calendar), staff: byPerson, disputes: [] };
};

/** Verdicts that differ from those of the same acts with a right clock, and do not say that a clock was wrong. */
const unnamed = (right: ReadonlyMap<number, Told>, stepped: ReadonlyMap<number, Told>, seen = (caseFile: CaseFile) => caseFile) =>
  [...right].flatMap(([citizen, { caseFile }]) => {
    const verdicts = new Map<CheckId, string>(judge(caseFile, settled).checks.map(({ id, verdict }) => [id, verdict]));
    const other = stepped.get(citizen);
    if (other === undefined) return [`${String(citizen)} is lost`];
    return judge(seen(other.caseFile), settled).checks.flatMap(({ id, verdict, clockOffBySeconds, text }) =>
      verdict === verdicts.get(id) || clockOffBySeconds !== undefined ? [] : [`${String(citizen)} ${id}: ${verdict}, ${text.en}`],
    );
  });

describe('Clocks that step: two hours back, a quarter of an hour or two days ahead, two processes ten minutes apart', () => {
  it(`lose no booking and keep no letter or filing waiting for a minute, at ${String(worlds * stepsOfAWorld)} moments of ${String(worlds * citizens)} tickets’ lives`, async () => {
    let byTheTimes = 0;
    for (let seed = 1; seed <= worlds; seed += 1) {
      const steps = stepsAt(chanceOf(1000 + seed));
      const right = await live(seed, []);
      const stepped = await live(seed, steps);
      expect(Math.max(right.longest, stepped.longest)).toBeLessThan(60);
      const statuses = ({ told }: typeof right) => [...told].map(([citizen, { status }]) => [citizen, status]);
      expect(statuses(stepped)).toEqual(statuses(right));
      expect(new Set(statuses(right).map(([, status]) => status))).toEqual(new Set(['concluded', 'cancelled', 'resolved']));
      expect(unnamed(right.told, stepped.told)).toEqual([]);
      byTheTimes += unnamed(right.told, stepped.told, withoutPlaces).length;
    }
    // what would be found if the times told what was known, and nothing said that a clock was wrong
    expect(byTheTimes).toBeGreaterThan(0);
  });
});
