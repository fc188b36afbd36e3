import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemClock } from '../../../runtime/clock/system-clock';
import { pathIn } from '../../../database/data-folder/data-files';
import { databasesIn, openKept } from '../examined-installation';
import { outsideNames } from '../../../config/outside-settings';
import { examine } from '../../doctor/examine';
import { checkNames } from '../../doctor/finding';
import { identityFault } from '../../../outside/identity/identity-fault';
import { gatewaySilence } from '../../../outside/document-system/gateway/gateway-silence';
import { serviceAnswers } from '../../local-socket/service-answers';
import { addCommand, type CommandOfTichet, eventTargetsOf, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import { sealDiffers } from '../seal-differs';
import { inBoth } from '../../../phrasing/sentences';

const patienceMilliseconds = 5000;

/** Of a folder that is not there yet: where everything is on a server, a doctor may look from anywhere. */
const diskOf = (folder: string) => (): { readonly free: number; readonly total: number } => {
  let standing = resolve(folder);
  while (!existsSync(standing)) standing = dirname(standing);
  const { bavail, blocks, bsize } = statfsSync(standing);
  return { free: bavail * bsize, total: blocks * bsize };
};

export const doctorCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'doctor',
    words: inBoth.cli.doctor.aboutDoctor,
    examples: ['tichet doctor', 'tichet doctor --json'],
  }).action(async ({ json = false }: JsonOption) => {
    const { settings } = desk;
    const { dataDirectory: folder, masterKeyFile } = settings;
    const databases = databasesIn(settings);
    if (databases.length > 0 && !databases.some((name) => existsSync(pathIn(folder, name)))) {
      throw new CommandEnds(exitCodes.notFound, inBoth.cli.doctor.noDataFolderTichet({ folder }));
    }
    const progress = progressOn(desk.terminal);
    const { kept, close } = await openKept(settings, desk.tables);
    const patient = {
      folder,
      databases,
      kept,
      masterKeyFile,
      ...(kept === undefined ? {} : { sealDiffers: () => sealDiffers(settings) }),
      webhooks: eventTargetsOf(desk).map(({ name }) => name),
      outside: outsideNames(settings.outside),
      now: systemClock.now(),
      disk: diskOf(folder),
      serviceAnswers: () => serviceAnswers(folder),
      registrySilence: () => gatewaySilence(settings.registry),
      patienceMilliseconds,
      identityFault: () => identityFault(settings.identity, systemClock),
    };
    const findings = await examine(patient, (done, total) => {
      progress.at(done, total);
    }).finally(close);
    progress.stop();
    if (json) desk.printJson({ checks: checkNames, findings });
    else if (findings.length === 0) desk.print(desk.colour('green', desk.say(inBoth.cli.doctor.everythingOrder)));
    else
      for (const { check, wrong, remedy } of findings) {
        desk.print(`${desk.colour('red', check)}: ${desk.say(wrong)}`);
        desk.print(`  → ${desk.say(remedy)}`);
      }
    if (findings.length > 0) desk.end(exitCodes.findings);
  });
};
