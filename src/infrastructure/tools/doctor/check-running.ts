import { pause } from '@tichet-albastru/kernel/pause';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { existsSync } from 'node:fs';
import { retentionConfirmed } from '../../../application/privacy/retention';
import { webhookList } from '../../../application/operation/webhooks';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { inBoth } from '../../phrasing/sentences';
import { alarmWords } from '../../proof/fault-words';
import { alarmKey, raisedAlarmOf } from '../../proof/alarm/log-alarm';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { shownAs } from '@tichet-albastru/event-log/reporting/reporting-dialect';
import { leastOpenFiles } from '../../runtime/open-files';
import { type ExaminedInstallation, finding, type Finding } from './finding';
import type { Examining } from './log-seen';

const pollMilliseconds = 100;
const leastFreeBytes = 512 * 1024 * 1024;
const leastFreeShare = 0.05;

/** Tables stand at the end of the log, now or, while a service runs, in a moment. */
export const checkTables = async ({ kept, serviceAnswers, patienceMilliseconds }: ExaminedInstallation): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  let late = await kept.tablesBehind();
  if (late.length > 0 && (await serviceAnswers())) {
    for (let waited = 0; late.length > 0 && waited < patienceMilliseconds; waited += pollMilliseconds) {
      await pause(pollMilliseconds);
      late = await kept.tablesBehind();
    }
  }
  const found: Finding[] = [];
  if (late.length > 0)
    found.push(
      finding(
        'tables-behind',
        inBoth.doctor.checkRunning.tablesBehindLog({ late: late.join(', ') }),
        inBoth.doctor.checkRunning.startServiceIfThey,
      ),
    );
  const ahead = await kept.tablesAhead();
  if (ahead.length > 0)
    found.push(
      finding(
        'tables-ahead',
        inBoth.doctor.checkRunning.tablesAheadLog({ ahead: ahead.join(', ') }),
        inBoth.doctor.checkRunning.wholeLogBack,
      ),
    );
  const unreadable = await kept.unreadableProcesses();
  if (unreadable.length > 0)
    found.push(
      finding(
        'process-cannot-read',
        inBoth.doctor.checkRunning.processesCannotRead({ processes: unreadable.join(', ') }),
        inBoth.doctor.checkRunning.startServiceTablesAnew({ first: unreadable[0] ?? '' }),
      ),
    );
  const parked = await kept.parkedTables();
  if (parked.length > 0)
    found.push(
      finding(
        'tables-parked',
        inBoth.doctor.checkRunning.parkedRows({ parked: parked.join(', ') }),
        inBoth.doctor.checkRunning.tichetProjectionsParkedOnce,
      ),
    );
  return found;
};

/** Each table once, with what its rows could not be made for. */
export const checkReporting = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const errors = new Map<string, ReadonlySet<string>>();
  for (const { table, error } of (await kept?.parkedReporting()) ?? []) errors.set(table, new Set(errors.get(table)).add(error));
  if (errors.size === 0) return [];
  const parked = [...errors].map(([table, some]) => `${shownAs(table)} (${[...some].join(', ')})`).sort();
  const { parkedReporting, onceMendedAskedAgain } = inBoth.doctor.checkRunning;
  return [finding('reporting-parked', parkedReporting({ parked: parked.join(', ') }), onceMendedAskedAgain)];
};

/** A process that is not notified polls; the person who set it up should know. */
export const checkPooler = ({ unheard }: ExaminedInstallation): readonly Finding[] => {
  if (unheard === undefined) return [];
  const { because, notHeard, setDirectAddress } = inBoth.doctor.checkPooler;
  return [finding('database-not-heard', notHeard({ because: because[unheard] }), setDirectAddress)];
};

export const checkLetters = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const failed = (await kept?.failedLetters()) ?? [];
  if (failed.length === 0) return [];
  return [
    finding(
      'letters-failed',
      inBoth.doctor.checkRunning.lettersNotSent({ failed: failed.length }),
      inBoth.doctor.checkRunning.checkMailServerTichet({ failed: failed[0] ?? '' }),
    ),
  ];
};

export const checkDisk = ({ disk }: ExaminedInstallation): readonly Finding[] => {
  const { free, total } = disk();
  if (free >= leastFreeBytes && free >= total * leastFreeShare) return [];
  const megabytes = Math.floor(free / 1024 / 1024);
  return [finding('disk', inBoth.doctor.checkRunning.mbLeftDisk({ megabytes }), inBoth.doctor.checkRunning.freeSpaceEnlargeDisk)];
};

export const checkOpenFiles = ({ openFiles }: ExaminedInstallation): readonly Finding[] => {
  const limit = openFiles?.();
  if (limit === undefined || limit >= leastOpenFiles) return [];
  return [
    finding(
      'open-files',
      inBoth.doctor.checkRunning.mayOpenFewFiles({ limit, needed: leastOpenFiles }),
      inBoth.doctor.checkRunning.raiseOpenFiles({ needed: leastOpenFiles }),
    ),
  ];
};

const isLocked = (folder: string): boolean => {
  const path = pathIn(folder, dataFiles.lock);
  if (!existsSync(path)) return false;
  const database = openSqlite(path, { readonly: true, timeout: 0 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (errorCode(error)?.startsWith('SQLITE_BUSY') === true) return true;
    throw error;
  } finally {
    database.close();
  }
};

/** The process that locks the folder answers on its socket. */
export const checkService = async ({ folder, serviceAnswers }: ExaminedInstallation): Promise<readonly Finding[]> =>
  isLocked(folder) && !(await serviceAnswers())
    ? [finding('service-mute', inBoth.doctor.checkRunning.processDataFolderBut, inBoth.doctor.checkRunning.unlessAnotherTichetCommand)]
    : [];

const { look, token } = inBoth.doctor.checkRegistry;
const isAboutToken = (reason: string): boolean => reason === 'unauthenticated' || reason === 'token-unreadable';

/** Whether the gateway before INFOCET answers, with the token that the service would use. */
export const checkRegistry = async ({ registrySilence }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const reason = await registrySilence?.();
  if (reason === undefined) return [];
  return [
    finding('registry-silent', inBoth.doctor.checkRegistry.gatewayBeforeInfocetDoes({ reason }), isAboutToken(reason) ? token : look),
  ];
};

const mostNamed = 5;

/** Answers of the gateway that were not believed. What it said is not kept, only about which request and what was wrong. */
export const checkRegistryRefused = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const refused = (await kept?.refusedReadings()) ?? [];
  if (refused.length === 0) return [];
  const named = refused.slice(0, mostNamed).map(({ request, field, reason }) => `${request} (${field}: ${reason})`);
  const list = `${named.join(', ')}${refused.length > mostNamed ? ', …' : ''}`;
  return [
    finding(
      'registry-refused',
      inBoth.doctor.checkRegistry.answersGatewayNotBelieved({ refused: refused.length, list }),
      inBoth.doctor.checkRegistry.correctRequestInfocetStaff,
    ),
  ];
};

/** The alarm that an official has to clear: while it stands, nothing is written. */
export const checkSeal = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const raised = raisedAlarmOf(await kept?.register(alarmKey));
  // what is damaged is said where it stands, and this alarm ends by itself
  if (raised === undefined || raised.fault.reason === 'stream-damaged') return [];
  return [
    finding(
      'seal-alarm',
      inBoth.doctor.checkSeal.notAsSealed({ at: raised.at, wrong: alarmWords(raised.fault) }),
      inBoth.doctor.checkSeal.keepDataEvidenceFind,
    ),
  ];
};

/** What the process of this folder has acknowledged, beside the log that is there now. */
export const checkAcknowledged = async ({ acknowledged, folder }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const { missing, unreadable = 0 } = (await acknowledged?.()) ?? {};
  const said = inBoth.doctor.checkAcknowledged;
  const found: Finding[] = [];
  if (missing !== undefined) {
    const { events, behind } = missing;
    const names = events
      .slice(0, mostNamed)
      .map(({ stream, revision, id }) => `${stream}, ${revision} (${id})`)
      .join('; ');
    const more = behind !== undefined ? said.older({ behind: Number(behind) }) : events.length > mostNamed ? said.more : '';
    found.push(finding('acknowledged-missing', said.missing({ count: events.length, names, more }), said.wayOn));
  }
  if (unreadable > 0) {
    const path = pathIn(folder, dataFiles.acknowledged);
    found.push(finding('acknowledged-unreadable', said.unreadable({ count: unreadable, path }), said.disk));
  }
  return found;
};

/** An older folder, in which nothing is erased until a person has looked at what would be. */
export const checkRetention = async ({ kept, seen }: Examining): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const keyValues = { get: (name: string) => kept.register(name) };
  if ((await retentionConfirmed({ operations: { keyValues } })) || (await seen())?.empty === true) return [];
  return [finding('retention-unconfirmed', inBoth.doctor.checkRetention.unconfirmed, inBoth.doctor.checkRetention.confirm)];
};

/** Targets that are not told any more: they wait for an administrator. */
export const checkWebhooks = async ({ kept, webhooks }: ExaminedInstallation): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const keyValues = { get: (name: string) => kept.register(name) };
  const listed = await webhookList(
    { operations: { keyValues } },
    webhooks.map((name) => ({ name })),
  );
  const disabled = listed.filter(({ state }) => state === 'disabled').map(({ name }) => name);
  if (disabled.length === 0) return [];
  return [
    finding(
      'webhooks-disabled',
      inBoth.doctor.checkWebhooks.disabledWebhooks({ disabled: disabled.join(', ') }),
      inBoth.doctor.checkWebhooks.talkTeamReceivesThem({ disabled: disabled[0] ?? '' }),
    ),
  ];
};
