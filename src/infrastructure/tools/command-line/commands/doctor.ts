import { wordsOf } from '../../../phrasing/unusable-words';
import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defined } from '@tichet-albastru/kernel/defined';
import { civilDateOf } from '../../../../domain/time/civil-time';
import { outsideNames } from '../../../config/settings';
import { type EventStore, EventStoreUnavailable, namesOfDamaged } from '@tichet-albastru/event-log/ports/event-store';
import { readOnce } from '@tichet-albastru/event-log/stores/log-read-once';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import type { Settings } from '../../../config/settings';
import { dataFiles, pathIn } from '../../../database/data-folder/data-files';
import { DatabaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import type { Unheard } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { EventStoreDbUnusable } from '../../../log/event-store/eventstoredb/eventstoredb-unusable';
import { MasterKeyUnusable } from '@tichet-albastru/event-log/keys/master-key';
import { openMasterKeyOf } from '../../../nest/open-master-key';
import { openEventStoreDb } from '../../../nest/open-stores';
import type { FollowedTables } from '../../../nest/provided';
import { gatewaySilence } from '../../../outside/document-system/gateway/gateway-silence';
import { identityFault } from '../../../outside/identity/identity-fault';
import { createStoredTokens } from '../../../outside/video/webex/stored-tokens';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import { faultWords } from '../../../proof/fault-words';
import { isOfTheChain } from '../../../proof/verify/log-fault';
import { openDamage } from '../../../proof/damaged-streams';
import { acknowledgedHere, acknowledgedIn } from '../../../proof/acknowledged/watch';
import { logBehindPort, type StoredLog, watchedWhileRead } from '../../../proof/verify/stored-log';
import { verifyLog } from '../../../proof/verify/verify-log';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { lockHolder, openFileLimit } from '../../../runtime/open-files';
import { noteVerifierOf } from '@tichet-albastru/signed-log';
import { type Connection, connectionFindings, tryConnections } from '../../doctor/connect/connections';
import { examine } from '../../doctor/examine';
import {
  checkNames,
  type Database,
  type ExaminedInstallation,
  finding,
  type Finding,
  type Kept,
  type StoredElsewhere,
} from '../../doctor/finding';
import { nodeRelease } from '../../doctor/node-release';
import { checksBehindPorts } from '../../doctor/stored-behind-ports';
import { checksInFolder, logInFolder } from '../../doctor/stored-in-folder';
import { serviceAnswers } from '../../local-socket/socket';
import { hasData, openCheckpoints, openLogToVerify, openStoresOnServer, whileReading as whileStoresOpen } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';

/**
 * For the doctor: the first event that is not as it was sealed, where the chain alone would pass it. `undefined` also where nothing is sealed.
 * @param known the log, where it was read already
 */
const sealDiffers = async (settings: Settings, known: StoredLog | undefined): Promise<Sentence | undefined> => {
  const { log, checkpoints, close } = await (known === undefined
    ? openLogToVerify(settings)
    : openCheckpoints(settings).then((opened) => ({ ...opened, log: known })));
  try {
    const verifier = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
    if (verifier === undefined) return undefined;
    const { faults } = await verifyLog({ log, checkpoints, verifier });
    const first = faults.find((fault) => !isOfTheChain(fault));
    return first && faultWords(first);
  } finally {
    await close();
  }
};

/** The databases of this installation that are files of its data folder. */
const databasesIn = ({ eventStore, readModels }: Settings): readonly Database[] => [
  ...(eventStore === 'sqlite' ? [dataFiles.events] : []),
  ...(readModels === 'sqlite' ? [dataFiles.operations, dataFiles.readModels, dataFiles.keys] : []),
];

type Opened = {
  readonly kept: Kept | undefined;
  /** the log that the checks have read, or will read, once; left out where it lies in the folder */
  readonly log?: StoredLog;
  /** what was acknowledged and is gone, where the log is kept beyond a process */
  readonly acknowledged?: ExaminedInstallation['acknowledged'];
  readonly damaged?: ExaminedInstallation['damaged'];
  readonly unheard?: Unheard;
  readonly close: () => Promise<void>;
};

const nothingToClose = (): Promise<void> => Promise.resolve();
const nothing: Opened = { kept: undefined, close: nothingToClose };

/** What the doctor reads, wherever it is kept. @throws DatabaseUnusable, EventStoreDbUnusable */
const openKept = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  if (settings.readModels === 'postgres') return onServer(settings, tables);
  const { dataDirectory: folder } = settings;
  if (settings.eventStore !== 'eventstoredb') {
    const kept = { ...logInFolder(folder), ...checksInFolder(folder) };
    if (settings.eventStore === 'memory' || !existsSync(pathIn(folder, dataFiles.events))) return { kept, close: nothingToClose };
    return { kept, acknowledged: () => acknowledgedInFolder(folder), close: nothingToClose };
  }
  const store = await openEventStoreDb(settings);
  const elsewhere = checksInFolder(folder, store);
  return readForAll({ store, log: logBehindPort(store), folder, elsewhere, close: () => store.close() });
};

const acknowledgedInFolder = async (folder: string): ReturnType<typeof acknowledgedHere> => {
  const store = await openSqliteEventStore({ folder, readOnly: true });
  try {
    return await acknowledgedHere(store, folder);
  } finally {
    await store.close();
  }
};

type OnServer = Pick<Opened, 'close'> & {
  readonly store: EventStore;
  readonly log: StoredLog;
  readonly missingPositions?: (() => Promise<number>) | undefined;
  readonly folder: string;
  readonly elsewhere: StoredElsewhere;
};

/** A log that is asked for over a wire is read once, for all who look at it. */
const readForAll = async ({ store, log, missingPositions, folder, elsewhere, close }: OnServer): Promise<Opened> => {
  const acknowledged = await acknowledgedIn(folder);
  const once = readOnce(() => watchedWhileRead(log, acknowledged.see).pages());
  return {
    kept: {
      streams: () => once.streams(),
      cut: () => namesOfDamaged(store),
      missingPositions: missingPositions ?? (() => Promise.resolve(0)),
      ...elsewhere,
    },
    log: { ...log, pages: () => once.pages() },
    acknowledged: () => acknowledged.compare(store),
    damaged: () => openDamage(store),
    close: () => {
      once.close();
      return close();
    },
  };
};

const onServer = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  try {
    const stores = await openStoresOnServer(settings, await openMasterKeyOf(settings, { create: false, finish: false }));
    const opened = await readForAll({ ...stores, folder: settings.dataDirectory, elsewhere: checksBehindPorts(stores, tables) });
    return { ...opened, ...defined({ unheard: stores.unheard }) };
  } catch (error) {
    // without the master key nothing can be looked at; what is wrong with its file is a check of its own
    if (error instanceof MasterKeyUnusable) return nothing;
    throw error;
  }
};

const patienceMilliseconds = 5000;

/** Of a folder that is not there yet: where everything is on a server, a doctor may look from anywhere. */
const diskOf = (folder: string) => (): { readonly free: number; readonly total: number } => {
  let standing = resolve(folder);
  while (!existsSync(standing)) standing = dirname(standing);
  const { bavail, blocks, bsize } = statfsSync(standing);
  return { free: bavail * bsize, total: blocks * bsize };
};

const colours = { 'in-order': 'green', reached: 'green', 'not-configured': 'dim', failed: 'red' } as const;

/** The token of Webex that is kept and good now; nothing is renewed for it. */
const keptWebexToken = async (settings: Settings): Promise<string | undefined> => {
  const { webex } = settings;
  if (webex === undefined || !hasData(settings)) return undefined;
  return whileStoresOpen(settings, async ({ operations, clock }, { purposeKeys }) => {
    const tokens = createStoredTokens(operations.keyValues, purposeKeys('webex-tokens'));
    const kept = await tokens.read('');
    return kept !== undefined && kept.expiresAt > clock.now() ? kept.accessToken : undefined;
  }).catch(() => undefined);
};

const connectionsOf = ({ settings, terminal }: Invocation, seconds: number): Promise<readonly Connection[]> =>
  tryConnections({
    settings,
    seconds,
    webexToken: () => keptWebexToken(settings),
    named: (setting) => ((terminal.env[`${setting}_FILE`] ?? '') === '' ? setting : `${setting}_FILE`),
  });

export const doctorCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'doctor', cli.words.doctor.aboutDoctor, ['tichet doctor', 'tichet doctor --json', 'tichet doctor --connect'])
    .option('--connect', cli.words.doctor.optionConnect)
    .option('--within <seconds>', cli.words.doctor.optionWithin, '10')
    .action(async ({ json = false, connect = false, within = '' }: JsonOption & { connect?: boolean; within?: string }) => {
      const { settings } = cli;
      const { dataDirectory: folder, masterKeyFile } = settings;
      const databases = databasesIn(settings);
      const isThere = databases.length === 0 || databases.some((name) => existsSync(pathIn(folder, name)));
      // its systems can be tried before an installation has anything
      if (!isThere && !connect) {
        throw new CommandEnds(exitCodes.notFound, inBoth.cli.doctor.noDataFolderTichet({ folder }));
      }
      if (!/^(?:[1-9]\d?|1[01]\d|120)$/.test(within)) throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.doctor.seconds);
      const connections = connect ? await connectionsOf(cli, Number(within)) : undefined;
      const unreachable: Finding[] = [];
      const { kept, log, acknowledged, damaged, unheard, close } = await (
        isThere ? openKept(settings, cli.tables) : Promise.resolve(nothing)
      ).catch((error: unknown) => {
        // what is not on the server can still be looked at
        if (connections?.some(({ system, state }) => /^(?:database|event-store)$/.test(system) && state === 'failed') === true)
          return nothing;
        if (!(error instanceof EventStoreDbUnusable || error instanceof DatabaseUnusable)) throw error;
        unreachable.push(
          finding('log-unreachable', error instanceof DatabaseUnusable ? wordsOf(error) : error.words, inBoth.doctor.checkLog.askAgain),
        );
        return nothing;
      });
      const beside = {
        folder,
        databases,
        masterKeyFile,
        webhooks: cli.eventTargets.map(({ name }) => name),
        outside: outsideNames(settings.outside),
        now: () => systemClock.now(),
        disk: diskOf(folder),
        openFiles: () => {
          const pid = lockHolder(pathIn(folder, dataFiles.lock));
          return pid === undefined ? undefined : openFileLimit(pid);
        },
        serviceAnswers: () => serviceAnswers(folder),
        // these two are tried more closely where every connection is
        registrySilence: () => (connect ? Promise.resolve(undefined) : gatewaySilence(settings.registry)),
        patienceMilliseconds,
        identityFault: () => (connect ? Promise.resolve(undefined) : identityFault(settings.identity, systemClock)),
      };
      const examined = {
        ...beside,
        kept,
        ...(kept === undefined ? {} : { sealDiffers: () => sealDiffers(settings, log) }),
        ...defined({ acknowledged, damaged, unheard }),
      };
      const looked = (at: Parameters<typeof examine>[1]): Promise<readonly Finding[]> =>
        examine(examined, at).catch((error: unknown) => {
          // it was opened, and then it was away, or its user may not read what was asked
          if (!(error instanceof EventStoreUnavailable)) throw error;
          const code = error.code ?? 'unknown';
          unreachable.push(finding('log-unreachable', inBoth.cli.commandLine.logAway({ code }), inBoth.doctor.checkLog.askAgain));
          return examine({ ...beside, kept: undefined }, at);
        });
      let found: readonly Finding[] = [];
      try {
        if (isThere) found = await cli.withProgress(looked);
      } finally {
        await close();
      }
      const findings = [...connectionFindings(connections ?? [], settings), ...unreachable, ...found];
      const checks = checkNames.filter((name) => connect || name !== 'connect');
      // advice for a service on the open internet; nothing is wrong with the installation, so the exit code stays
      const withoutContact = settings.security === undefined && settings.publicUrl.startsWith('https:');
      const node = nodeRelease(process.versions.node, civilDateOf(systemClock.now()));
      if (json) {
        cli.printJson({
          checks,
          findings,
          node,
          ...defined({ connections }),
          ...(withoutContact && { advice: [inBoth.cli.doctor.noSecurityContact] }),
        });
      } else {
        for (const one of connections ?? []) {
          const mode = 'mode' in one ? ` (${one.mode ?? ''})` : '';
          cli.print(`${one.system}: ${cli.colour(colours[one.state], cli.words.doctor.states[one.state])}${mode}`);
        }
        if (findings.length === 0) cli.print(cli.colour('green', cli.words.doctor.everythingOrder));
        for (const { check, wrong, remedy } of findings) {
          cli.print(`${cli.colour('red', check)}: ${cli.say(wrong)}`);
          cli.print(`  → ${cli.say(remedy)}`);
        }
        cli.print(cli.say(node));
        if (withoutContact) cli.print(cli.words.doctor.noSecurityContact);
      }
      if (findings.length > 0) cli.end(exitCodes.findings);
    });
};
