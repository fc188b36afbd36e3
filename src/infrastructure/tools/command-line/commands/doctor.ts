import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { outsideNames } from '../../../config/settings';
import type { Settings } from '../../../config/settings';
import { dataFiles, pathIn } from '../../../database/data-folder/data-files';
import { MasterKeyUnusable } from '../../../log/keys/master-key';
import { openMasterKeyOf } from '../../../nest/open-master-key';
import { openEventStoreDb } from '../../../nest/open-stores';
import type { FollowedTables } from '../../../nest/provided';
import { gatewaySilence } from '../../../outside/document-system/gateway/gateway-silence';
import { identityFault } from '../../../outside/identity/identity-fault';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import { faultWords } from '../../../proof/fault-words';
import { isOfTheChain } from '../../../proof/verify/log-fault';
import { verifyLog } from '../../../proof/verify/verify-log';
import { systemClock } from '../../../runtime/clock/system-clock';
import { noteVerifierOf } from '../../../signed-log/signed-note';
import { examine } from '../../doctor/examine';
import { checkNames, type Database, type Kept } from '../../doctor/finding';
import { checksBehindPorts, logBehindPort } from '../../doctor/stored-behind-ports';
import { checksInFolder, logInFolder } from '../../doctor/stored-in-folder';
import { serviceAnswers } from '../../local-socket/socket';
import { openLogToVerify, openReadingStores } from '../installation';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';

/** For the doctor: the first event that is not as it was sealed, where the chain alone would pass it. `undefined` also where nothing is sealed. */
const sealDiffers = async (settings: Settings): Promise<Sentence | undefined> => {
  const { log, checkpoints, close } = await openLogToVerify(settings);
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

type Opened = { readonly kept: Kept | undefined; readonly close: () => Promise<void> };

const nothingToClose = (): Promise<void> => Promise.resolve();

/** What the doctor reads, wherever it is kept. @throws DatabaseUnusable, EventStoreUnavailable */
const openKept = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  if (settings.readModels === 'postgres') return onServer(settings, tables);
  const { dataDirectory: folder } = settings;
  if (settings.eventStore !== 'eventstoredb') return { kept: { ...logInFolder(folder), ...checksInFolder(folder) }, close: nothingToClose };
  const store = await openEventStoreDb(settings);
  return { kept: { ...logBehindPort(store), ...checksInFolder(folder, () => store.end()) }, close: () => store.close() };
};

const onServer = async (settings: Settings, tables: FollowedTables): Promise<Opened> => {
  try {
    const stores = await openReadingStores(settings, await openMasterKeyOf(settings, { create: false, finish: false }));
    return { kept: { ...logBehindPort(stores.store, stores.missingPositions), ...checksBehindPorts(stores, tables) }, close: stores.close };
  } catch (error) {
    // without the master key nothing can be looked at; what is wrong with its file is a check of its own
    if (error instanceof MasterKeyUnusable) return { kept: undefined, close: nothingToClose };
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

export const doctorCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'doctor', cli.words.doctor.aboutDoctor, ['tichet doctor', 'tichet doctor --json']).action(
    async ({ json = false }: JsonOption) => {
      const { settings } = cli;
      const { dataDirectory: folder, masterKeyFile } = settings;
      const databases = databasesIn(settings);
      if (databases.length > 0 && !databases.some((name) => existsSync(pathIn(folder, name)))) {
        throw new CommandEnds(exitCodes.notFound, inBoth.cli.doctor.noDataFolderTichet({ folder }));
      }
      const { kept, close } = await openKept(settings, cli.tables);
      const examined = {
        folder,
        databases,
        kept,
        masterKeyFile,
        ...(kept === undefined ? {} : { sealDiffers: () => sealDiffers(settings) }),
        webhooks: cli.eventTargets.map(({ name }) => name),
        outside: outsideNames(settings.outside),
        now: systemClock.now(),
        disk: diskOf(folder),
        serviceAnswers: () => serviceAnswers(folder),
        registrySilence: () => gatewaySilence(settings.registry),
        patienceMilliseconds,
        identityFault: () => identityFault(settings.identity, systemClock),
      };
      const findings = await cli.withProgress((at) => examine(examined, at)).finally(close);
      // advice for whoever is on the open internet; nothing is wrong with the installation, so the exit code stays
      const unreachable = settings.security === undefined && settings.publicUrl.startsWith('https:');
      if (json) cli.printJson({ checks: checkNames, findings, ...(unreachable && { advice: [inBoth.cli.doctor.noSecurityContact] }) });
      else if (findings.length === 0) cli.print(cli.colour('green', cli.words.doctor.everythingOrder));
      else
        for (const { check, wrong, remedy } of findings) {
          cli.print(`${cli.colour('red', check)}: ${cli.say(wrong)}`);
          cli.print(`  → ${cli.say(remedy)}`);
        }
      if (unreachable && !json) cli.print(cli.words.doctor.noSecurityContact);
      if (findings.length > 0) cli.end(exitCodes.findings);
    },
  );
};
