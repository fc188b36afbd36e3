import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { keysStatus } from '../../../nest/keys-status';
import { rotateKeys } from '../../../nest/rotate-keys';
import { daysSince, longestOldKeyDays } from '../../../log/keys/rotation/master-key-files';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { mustHaveData } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

export const keysCommand: CommandOfTichet = (program, cli) => {
  const keys = addGroup(program, cli, 'keys', cli.words.keys.about, [
    'tichet keys',
    'systemctl stop tichet@1 && tichet keys rotate && systemctl start tichet@1',
  ]);
  addCommand(keys, cli, 'show', cli.words.keys.aboutShow, ['tichet keys', 'tichet keys show --json'], true).action(
    async ({ json = false }: JsonOption) => {
      mustHaveData(cli.settings);
      const { epoch, living, destroyed, old, since } = await keysStatus(cli.settings);
      if (json) cli.printJson({ epoch, living, destroyed, oldMasterKeys: old, ...(since && { since: since.toISOString() }) });
      else {
        cli.print(cli.words.keys.epochMasterKey({ epoch }));
        cli.print(cli.words.keys.livingKeysDestroyed({ living, destroyed }));
        for (const file of old) cli.print(cli.words.keys.oldMasterKeyMake({ file }));
      }
      if (old.length > 0 && daysSince(since, systemClock.now()) > longestOldKeyDays) cli.end(exitCodes.findings);
    },
  );
  addCommand(keys, cli, 'rotate', cli.words.keys.aboutRotate, [
    'systemctl stop tichet@1 && tichet keys rotate && systemctl start tichet@1',
  ]).action(async ({ json = false }: JsonOption) => {
    if (cli.settings.readModels === 'memory') throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.keys.keysMemoryNoEpochs);
    mustHaveData(cli.settings);
    const outcome = await cli.withProgress((at) => rotateKeys(cli.settings, at));
    if (outcome.kind === 'in-use') {
      const names = outcome.processes.join(', ');
      throw new CommandEnds(exitCodes.failed, inBoth.cli.keys.processesServiceConnectedDatabase({ names }));
    }
    const { epoch, keys: rewrapped, old } = outcome;
    if (json) {
      cli.printJson({ epoch, keys: rewrapped, old });
      return;
    }
    cli.print(cli.words.keys.epochBegunKeysWrapped({ epoch, rewrapped }));
    cli.print(cli.words.keys.everybodySignsIn);
    cli.print(cli.words.keys.putCopyNewFile);
    if (cli.settings.readModels === 'postgres') cli.print(cli.words.keys.carryNewFileEvery);
    cli.print(cli.words.keys.oldMasterKeyMake({ file: old }));
  });
};
