import type { Recorded, StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import type { ParkedReportingRow } from '@tichet-albastru/event-log/ports/reporting-store';
import type { RefusedReading } from '../../../application/requests/readings';
import type { Instant } from '../../../domain/kernel/fact';
import { dataFiles } from '../../database/data-folder/data-files';
import type { Missing } from '../../proof/acknowledged/missing';
import type { Unheard } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { inBoth, type Sentence } from '../../phrasing/sentences';

/** What the doctor looks at, one name each. */
export const checkNames = [
  'files',
  'permissions',
  'key-file',
  'old-master-key',
  'database',
  'log-unreachable',
  'log-gaps',
  'hash-chain',
  'seal-alarm',
  'seal-differs',
  'log-accepted',
  'stream-damaged',
  'acknowledged-missing',
  'acknowledged-unreadable',
  'keys-missing',
  'keys-not-destroyed',
  'bookings',
  'tables-behind',
  'tables-ahead',
  'tables-parked',
  'process-cannot-read',
  'reporting-parked',
  'letters-failed',
  'webhooks-disabled',
  'retention-unconfirmed',
  'registry-silent',
  'registry-refused',
  'clock',
  'disk',
  'database-not-heard',
  'open-files',
  'service-mute',
  'identity',
  'witness-refused',
  'witness-silent',
  'connect',
] as const;
export type CheckName = (typeof checkNames)[number];

/** What is wrong, and what to do about it. Nothing of it is personal. */
export type Finding = { readonly check: CheckName; readonly wrong: Sentence; readonly remedy: Sentence };

export const finding = (check: CheckName, wrong: Sentence, remedy: Sentence): Finding => ({ check, wrong, remedy });

/** The log, as a doctor reads it. */
export type KeptLog = {
  /** every event, stream by stream; a broken log as far as it goes. @throws EventLogCorrupt where it goes no further */
  streams(): AsyncIterable<readonly Recorded[]>;
  /** how many positions have no event, where every position must have one */
  missingPositions(): Promise<number>;
  /** streams that are not whole, with perhaps only their end left; left out where streams cannot be cut */
  cut?(): Promise<ReadonlySet<string>>;
};

/** What is kept beside the log. */
export type StoredElsewhere = {
  /** of these names those that are known: `true` for a living key, `false` for a destroyed one; `undefined` where no keys can be found at all */
  keys(names: ReadonlySet<string>): Promise<ReadonlyMap<string, boolean> | undefined>;
  /** live tables that have not read the log to its end */
  tablesBehind(): Promise<readonly string[]>;
  /** tables that have handled what the log does not have in its place */
  tablesAhead(): Promise<readonly string[]>;
  /** processes whose tables, as they are read, lack a column by which this version reads them */
  unreadableProcesses(): Promise<readonly string[]>;
  /** tables with an event that could not be applied */
  parkedTables(): Promise<readonly string[]>;
  /** rows that reporting tables could not be filled from */
  parkedReporting(): Promise<readonly ParkedReportingRow[]>;
  /** letters that were given up, oldest first */
  failedLetters(): Promise<readonly string[]>;
  /** a small durable setting of the installation */
  register(name: string): Promise<string | undefined>;
  /** requests with a reading of the document register that was not believed */
  refusedReadings(): Promise<readonly RefusedReading[]>;
};

export type Kept = KeptLog & StoredElsewhere;

export type Database = (typeof dataFiles)['events' | 'operations' | 'readModels' | 'keys'];

/** What is examined, and what of the world the doctor needs for it. */
export type ExaminedInstallation = {
  readonly folder: string;
  /** the databases that must be in the folder; everything else is on a server */
  readonly databases: readonly Database[];
  /** `undefined` where too little is there to be read */
  readonly kept: Kept | undefined;
  readonly masterKeyFile: string;
  /** what is wrong with the log against its seals, beyond what its chain tells; left out where it is not sealed */
  readonly sealDiffers?: () => Promise<Sentence | undefined>;
  /** what this process has acknowledged and the log lacks, and how many lines of what it remembers cannot be read; left out where too little is there */
  readonly acknowledged?: () => Promise<{ readonly missing: Missing | undefined; readonly unreadable: number }>;
  /** streams that are not whole, and that no official has closed; left out where too little is there */
  readonly damaged?: () => Promise<readonly StreamDamage[]>;
  /** why processes do not hear of each other at once, where the database is behind a pooler */
  readonly unheard?: Unheard;
  /** names of the systems that are told of events */
  readonly webhooks: readonly string[];
  /** names of those who keep checkpoints elsewhere */
  readonly outside?: readonly string[];
  readonly now: () => Instant;
  /** free and whole bytes of the disk of the folder */
  readonly disk: () => { readonly free: number; readonly total: number };
  /** how many files the process that has the folder may have open; `undefined` where there is none, or no bound is known */
  readonly openFiles?: () => number | undefined;
  /** whether a service answers on the local socket */
  readonly serviceAnswers: () => Promise<boolean>;
  /** why the identity provider cannot be used; `undefined` when it can, or when there is none */
  readonly identityFault: () => Promise<string | undefined>;
  /** asks the gateway before the document system, where there is one; `undefined` when it answers, else what is wrong */
  readonly registrySilence?: () => Promise<string | undefined>;
  /** how long tables may take to reach the end of the log while a service runs, in milliseconds */
  readonly patienceMilliseconds: number;
};

/** What to put back, and how: a data folder that holds the log holds everything. */
export const fromBackup = ({ databases }: Pick<ExaminedInstallation, 'databases'>): Sentence =>
  databases.includes(dataFiles.events)
    ? inBoth.doctor.fromBackup.restoreNewestBackupTichet
    : inBoth.doctor.fromBackup.restoreServersNewestBackup;
