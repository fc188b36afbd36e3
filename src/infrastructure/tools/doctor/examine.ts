import { clockFoundIn, clockRegister } from '../../../application/audit/watch-clock';
import { lengthOf } from '../../../domain/audit/check';
import { checkDatabases, checkFiles, checkKeyFiles, checkMasterKey, checkOldMasterKeys, checkPermissions } from './check-files';
import {
  checkAcknowledged,
  checkDisk,
  checkLetters,
  checkPooler,
  checkOpenFiles,
  checkRegistry,
  checkRegistryRefused,
  checkReporting,
  checkSeal,
  checkService,
  checkTables,
  checkWebhooks,
  checkRetention,
} from './check-running';
import { checkStreams } from './check-streams';
import { type ExaminedInstallation, type Finding, finding, fromBackup } from './finding';
import { type Examining, examining } from './log-seen';
import { type Sentence, inBoth } from '../../phrasing/sentences';
import { Readable } from 'node:stream';
import { acceptedLogs } from '../../proof/accepted-logs';
import { plusMinutes, plusHours } from '../../../domain/time/civil-time';
import { outsideStatusOf, statusKey } from '@tichet-albastru/signed-log';

const patienceHours = 24;

/** Outside keepers of checkpoints: one that contradicts our log, and one that has been away for a day. */
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
    } else if (standing?.waitingSince !== undefined && plusHours(standing.waitingSince, patienceHours) <= now()) silent.push(name);
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
const checkLog = async (examined: Examining): Promise<readonly Finding[]> => {
  const [seen, restore] = [await examined.seen(), remedyFor(examined)];
  if (seen === undefined) return [];
  const { unreadable, gaps, broken } = seen;
  if (unreadable !== undefined)
    return [finding('log-gaps', inBoth.doctor.checkLog.logCannotRead({ message: unreadable.message }), restore)];
  const missing = (await examined.kept?.missingPositions()) ?? 0;
  const found: Finding[] = [];
  if (gaps.first !== undefined || missing > 0) {
    const where = gaps.first === undefined ? '' : ` ${gaps.first.stream}, ${gaps.first.revision}`;
    found.push(finding('log-gaps', inBoth.doctor.checkLog.eventsMissingLog({ missing, where }), restore));
  }
  if (broken.first !== undefined) {
    const { stream, revision, eventId } = broken.first;
    found.push(finding('hash-chain', inBoth.doctor.checkLog.sealDoesNotFit({ stream, revision, eventId, broken: broken.count }), restore));
  }
  return found;
};

/** Every event is the one that was sealed in its place, and the seals are ours: a chain that was computed again does not pass for whole. */
const checkAsSealed = async (examined: ExaminedInstallation): Promise<readonly Finding[]> => {
  const wrong = await examined.sealDiffers?.();
  if (wrong === undefined) return [];
  return [finding('seal-differs', wrong, inBoth.doctor.checkLog.keepDataEvidenceRun)];
};

/** The log was accepted without something that was acknowledged, and not all of it has been followed up yet. */
const checkAccepted = async ({ seen }: Examining): Promise<readonly Finding[]> => {
  const about = (await seen())?.ofTheLog ?? [];
  const { acceptances, lost } = await acceptedLogs({ read: (stream) => Readable.from(about.filter((event) => event.stream === stream)) });
  const open = lost.filter(({ settledAt }) => settledAt === undefined);
  const [newest, first] = [acceptances.at(-1), open[0]];
  if (newest === undefined || first === undefined) return [];
  const { at, total } = newest;
  return [
    finding(
      'log-accepted',
      inBoth.doctor.checkAccepted.lost({ at, total, open: open.length, first: first.stream }),
      inBoth.doctor.checkAccepted.settle,
    ),
  ];
};

/** Long enough for an operator who looks once a week. */
const rememberedDays = 7;

/** The clock of the machine is not before the newest fact, and none has gone back lately. */
const checkClock = async ({ kept, seen, now: clock }: Examining): Promise<readonly Finding[]> => {
  const { newest = '' } = (await seen()) ?? {};
  // after the log: beside a service that writes, the clock of before is older than the newest fact
  const now = clock();
  const went = clockFoundIn(await kept?.register(clockRegister));
  if (newest <= now && (went === undefined || plusHours(went.newest, 24 * rememberedDays) < now)) return [];
  if (newest <= now && went !== undefined) {
    const { facts, seconds, newest: from } = went;
    const back = lengthOf(seconds);
    return [finding('clock', inBoth.doctor.checkLog.clockWentBack({ facts, back, from }), inBoth.doctor.checkLog.keepClocksTogether)];
  }
  return [finding('clock', inBoth.doctor.checkLog.clockBeforeNewestFact({ now, newest }), inBoth.doctor.checkLog.setClockNtpBefore)];
};

/** Every sealed text has its key, or the mark of a destroyed one; an erased person has none. */
const checkKeys = async (examined: Examining): Promise<readonly Finding[]> => {
  const { sealing, erased } = (await examined.seen())?.keys ?? { sealing: new Set<string>(), erased: new Set<string>() };
  const keys = await examined.kept?.keys(new Set([...sealing, ...erased]));
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

/** Whether the identity provider answers, and with keys that can be used: without it no new sign-in is possible. */
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

/** No slot is kept by a ticket that cannot use it, and no request by a ticket that has ended. */
const checkBookings = async ({ seen, now }: Examining): Promise<readonly Finding[]> => {
  const bookings = (await seen())?.bookings;
  if (bookings === undefined) return [];
  const { ticket, confirmed, admitted } = bookings;
  const before = plusMinutes(now(), -graceMinutes);
  const holds = confirmed.filter(
    ({ ticketId, holdId, since }) => since < before && (ticket(ticketId).useless || ticket(ticketId).holdId !== holdId),
  );
  const admissions = admitted.filter(({ ticketId, since }) => since < before && ticket(ticketId).ended);
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

type Check = (examined: Examining) => readonly Finding[] | Promise<readonly Finding[]>;

const first: readonly Check[] = [
  checkFiles,
  checkPermissions,
  checkKeyFiles,
  checkOldMasterKeys,
  checkDatabases,
  checkDisk,
  checkOpenFiles,
  checkService,
  checkPooler,
  checkIdentity,
  checkRegistry,
];
/** These read the databases, so they must be whole. */
const then: readonly Check[] = [
  checkLog,
  checkSeal,
  checkAsSealed,
  checkAccepted,
  checkStreams,
  checkAcknowledged,
  checkClock,
  checkMasterKey,
  checkKeys,
  checkBookings,
  checkTables,
  checkReporting,
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
  const asked = examining(examined);
  let done = 0;
  const run = async (checks: readonly Check[]): Promise<void> => {
    for (const check of checks) {
      findings.push(...(await check(asked)));
      done += 1;
      onCheck(done, first.length + then.length);
    }
  };
  await run(first);
  if (!findings.some(({ check }) => check === 'database')) await run(then);
  return findings;
};
