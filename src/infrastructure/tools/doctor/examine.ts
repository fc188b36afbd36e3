import { checkDatabases, checkFiles, checkKeyFiles, checkMasterKey, checkOldMasterKeys, checkPermissions } from './check-files';
import {
  checkDisk,
  checkLetters,
  checkRegistry,
  checkRegistryRefused,
  checkSeal,
  checkService,
  checkTables,
  checkWebhooks,
  checkRetention,
} from './check-running';
import { type ExaminedInstallation, type Finding, finding, fromBackup, type Kept } from './finding';
import { type Sentence, inBoth } from '../../phrasing/sentences';
import { agenda } from '../../../domain/agenda/agenda';
import { fold } from '../../../domain/kernel/decider';
import { registeredRequest } from '../../../domain/request/request';
import { gaveSlotBack, hasEnded, isRequested, type TicketState, ticket } from '../../../domain/ticket/ticket';
import { plusMinutes, plusHours } from '../../../domain/time/civil-time';
import { type Recorded, EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import type { Category, FactsByCategory } from '../../../domain/facts';
import { createMemoryKeyStore } from '../../log/keys/memory-key-store';
import { createEventCodec, recordedAtOf } from '../../log/codec/event-codec.codec';
import { type ChainFault, verifyChain } from '../../log/codec/verify-chain';
import { erasedKey } from '../../log/keys/destroy-again';
import { outsideStatusOf, statusKey } from '../../signed-log/outside-status';

/** The streams of a log as far as it can be read: what is wrong with it is another check's to say. @returns whether it was read to its end */
const eachReadable = async (kept: Kept | undefined, look: (stream: readonly Recorded[]) => void): Promise<boolean> => {
  try {
    for await (const stream of kept?.streams() ?? []) look(stream);
    return true;
  } catch (error) {
    if (error instanceof EventLogCorrupt) return false;
    throw error;
  }
};

const patienceHours = 24;

/** Whoever keeps checkpoints elsewhere: one who contradicts our log, and one who has been away for a day. */
export const checkOutside = async ({ kept, outside = [], now }: ExaminedInstallation): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const found: Finding[] = [];
  const silent: string[] = [];
  for (const name of outside) {
    const standing = outsideStatusOf(await kept.register(statusKey(name)));
    if (standing?.refused !== undefined) {
      found.push(
        finding(
          'witness-refused',
          inBoth.doctor.checkOutside.witnessSays({ name, what: inBoth.doctor.checkOutside.refused[standing.refused] }),
          inBoth.doctor.checkOutside.logCutShortReplaced,
        ),
      );
    } else if (standing?.waitingSince !== undefined && plusHours(standing.waitingSince, patienceHours) <= now) silent.push(name);
  }
  if (silent.length > 0)
    found.push(
      finding(
        'witness-silent',
        inBoth.doctor.checkOutside.moreHoursNoSeal({ patienceHours, silent: silent.join(', ') }),
        inBoth.doctor.checkOutside.servicesJournalSaysWhy,
      ),
    );
  return found;
};

const remedyFor = (examined: ExaminedInstallation): Sentence =>
  inBoth.doctor.checkLog.changedFromOutside({ restore: fromBackup(examined) });

/** No event is missing, and none was changed (C21 over everything). */
const checkLog = async (examined: ExaminedInstallation): Promise<readonly Finding[]> => {
  const { kept } = examined;
  if (kept === undefined) return [];
  const restore = remedyFor(examined);
  const broken: ChainFault[] = [];
  const gaps: ChainFault[] = [];
  try {
    for await (const stream of kept.streams()) {
      const fault = verifyChain(stream);
      if (fault !== undefined) (fault.reason === 'revision-gap' ? gaps : broken).push(fault);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return [finding('log-gaps', inBoth.doctor.checkLog.logCannotRead({ message: error.message }), restore)];
  }
  const missing = await kept.missingPositions();
  const found: Finding[] = [];
  const [gap] = gaps;
  if (gap !== undefined || missing > 0) {
    const where = gap === undefined ? '' : ` ${gap.stream}, ${gap.revision}`;
    found.push(finding('log-gaps', inBoth.doctor.checkLog.eventsMissingLog({ missing, where }), restore));
  }
  const [first] = broken;
  if (first !== undefined) {
    const { stream, revision, eventId } = first;
    found.push(finding('hash-chain', inBoth.doctor.checkLog.sealDoesNotFit({ stream, revision, eventId, broken: broken.length }), restore));
  }
  return found;
};

/** Every event is the one that was sealed in its place, and the seals are ours: a chain that was computed again does not pass for whole. */
const checkAsSealed = async (examined: ExaminedInstallation): Promise<readonly Finding[]> => {
  const wrong = await examined.sealDiffers?.();
  if (wrong === undefined) return [];
  return [finding('seal-differs', wrong, inBoth.doctor.checkLog.keepDataEvidenceRun)];
};

/** The clock of the machine is not before the newest fact. */
const checkClock = async ({ kept, now }: ExaminedInstallation): Promise<readonly Finding[]> => {
  let newest = '';
  await eachReadable(kept, (stream) => {
    for (const event of stream) {
      const at = recordedAtOf(event) ?? '';
      if (at > newest) newest = at;
    }
  });
  if (newest <= now) return [];
  return [finding('clock', inBoth.doctor.checkLog.clockBeforeNewestFact({ now, newest }), inBoth.doctor.checkLog.setClockNtpBefore)];
};

const sealedForm = /"sealed":"[^"]*","key":"([^"]+)"/g;

type InUse = { readonly sealing: ReadonlySet<string>; readonly erased: ReadonlySet<string> };

const inUse = async (kept: Kept): Promise<InUse> => {
  const sealing = new Set<string>();
  const erased = new Set<string>();
  await eachReadable(kept, (stream) => {
    for (const event of stream) {
      for (const [, key = ''] of event.body.matchAll(sealedForm)) sealing.add(key.includes(':') ? key : `${key}:${event.stream}`);
      const gone = erasedKey(event);
      if (gone !== undefined) erased.add(gone);
    }
  });
  return { sealing, erased };
};

/** Every sealed text has its key, or the mark of a destroyed one; whoever was erased has none. */
const checkKeys = async (examined: ExaminedInstallation): Promise<readonly Finding[]> => {
  const { kept } = examined;
  if (kept === undefined) return [];
  const { sealing, erased } = await inUse(kept);
  const keys = await kept.keys(new Set([...sealing, ...erased]));
  if (keys === undefined) return [];
  const missing = [...sealing].filter((name) => !keys.has(name));
  const alive = [...erased].filter((name) => keys.get(name) === true);
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      finding(
        'keys-missing',
        inBoth.doctor.checkKeys.keysPeopleNotErased({ missing: missing.length }),
        inBoth.doctor.checkKeys.olderThanLog({ restore: fromBackup(examined) }),
      ),
    );
  if (alive.length > 0)
    found.push(
      finding(
        'keys-not-destroyed',
        inBoth.doctor.checkKeys.erasedPeopleTheirKey({ alive: alive.length }),
        inBoth.doctor.checkKeys.restartServiceStartDestroys,
      ),
    );
  return found;
};

/** Whether the identity provider answers, and with keys that can be used: without it nobody new comes in. */
const checkIdentity = async ({ identityFault }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const reason = await identityFault();
  if (reason === undefined) return [];
  return [
    finding(
      'identity',
      inBoth.doctor.checkIdentity.identityProviderCannotUsed({ reason }),
      inBoth.doctor.checkIdentity.checkTichetOidcIssuer,
    ),
  ];
};

/** The booking process needs a moment to free what a ticket leaves. */
const graceMinutes = 60;

type Ticket = { readonly useless: boolean; readonly ended: boolean; readonly holdId: string | undefined };
type Booked = { readonly name: string; readonly ticketId: string; readonly holdId: string; readonly since: string };

type Gathered = {
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly confirmed: readonly Booked[];
  readonly admitted: readonly Booked[];
};

const unknownTicket: Ticket = { useless: true, ended: true, holdId: undefined };
const summaryOf = (state: TicketState): Ticket => ({
  useless: gaveSlotBack(state) || !isRequested(state),
  ended: hasEnded(state) || state.status === 'absent',
  holdId: isRequested(state) ? state.booking.holdId : undefined,
});

const gather = async (kept: Kept | undefined): Promise<Gathered | undefined> => {
  const codec = createEventCodec({ keys: createMemoryKeyStore() });
  const factsOf = <C extends Category>(category: C, stream: readonly Recorded[]): FactsByCategory[C][] =>
    stream.map((event) => codec.decodeOf(category, event).fact);
  const newest = (stream: readonly Recorded[]): string => {
    const last = stream.at(-1);
    return last === undefined ? '' : codec.decode(last).recordedAt;
  };
  const tickets = new Map<string, Ticket>();
  const confirmed: Booked[] = [];
  const admitted: Booked[] = [];
  const readToItsEnd = await eachReadable(kept, (stream) => {
    const name = stream[0]?.stream ?? '';
    if (name.startsWith('ticket-')) tickets.set(name.slice('ticket-'.length), summaryOf(fold(ticket, factsOf('ticket', stream))));
    else if (name.startsWith('agenda-')) {
      const { holds } = fold(agenda, factsOf('agenda', stream));
      for (const { standing, holdId, ticketId } of Object.values(holds))
        if (standing === 'confirmed') confirmed.push({ name, ticketId, holdId, since: newest(stream) });
    } else if (name.startsWith('request-')) {
      const state = fold(registeredRequest, factsOf('request', stream));
      if (state.status !== 'unknown' && state.admission) {
        const { ticketId, holdId, until } = state.admission;
        admitted.push({ name, ticketId, holdId, since: until });
      }
    }
  });
  return readToItsEnd ? { tickets, confirmed, admitted } : undefined;
};

/** No slot is kept by a ticket that cannot use it, and no request by a ticket that has ended. */
const checkBookings = async ({ kept, now }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const gathered = await gather(kept);
  if (gathered === undefined) return [];
  const { tickets, confirmed, admitted } = gathered;
  const before = plusMinutes(now, -graceMinutes);
  const of = (ticketId: string): Ticket => tickets.get(ticketId) ?? unknownTicket;
  const holds = confirmed.filter(
    ({ ticketId, holdId, since }) => since < before && (of(ticketId).useless || of(ticketId).holdId !== holdId),
  );
  const admissions = admitted.filter(({ ticketId, since }) => since < before && of(ticketId).ended);
  if (holds.length + admissions.length === 0) return [];
  const names = [...holds, ...admissions].slice(0, 5).map(({ name }) => name);
  return [
    finding(
      'bookings',
      inBoth.doctor.checkBookings.slotsKeptEndedTickets({ holds: holds.length, admissions: admissions.length, names: names.join(', ') }),
      inBoth.doctor.checkBookings.startServiceLeaveMinute,
    ),
  ];
};

type Check = (examined: ExaminedInstallation) => readonly Finding[] | Promise<readonly Finding[]>;

const first: readonly Check[] = [
  checkFiles,
  checkPermissions,
  checkKeyFiles,
  checkOldMasterKeys,
  checkDatabases,
  checkDisk,
  checkService,
  checkIdentity,
  checkRegistry,
];
/** These read the databases, so they must be whole. */
const then: readonly Check[] = [
  checkLog,
  checkSeal,
  checkAsSealed,
  checkClock,
  checkMasterKey,
  checkKeys,
  checkBookings,
  checkTables,
  checkLetters,
  checkWebhooks,
  checkRetention,
  checkRegistryRefused,
  checkOutside,
];

/** Looks at everything and changes nothing. Runs beside a service. */
export const examine = async (
  examined: ExaminedInstallation,
  onCheck: (done: number, total: number) => void = () => undefined,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  let done = 0;
  const run = async (checks: readonly Check[]): Promise<void> => {
    for (const check of checks) {
      findings.push(...(await check(examined)));
      done += 1;
      onCheck(done, first.length + then.length);
    }
  };
  await run(first);
  if (!findings.some(({ check }) => check === 'database')) await run(then);
  return findings;
};
