import { systemClock } from '../../../runtime/clock/system-clock';
import { keysStatus } from '../../../nest/keys-status';
import { rotateKeys } from '../../../nest/rotate-keys';
import { daysSince, longestOldKeyDays } from '../../../log/keys/rotation/master-key-files';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { mustHaveData } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

export const keysCommand: CommandOfTichet = (program, desk) => {
  const keys = addGroup(program, desk, 'keys', desk.words.keys.about, [
    'tichet keys',
    'systemctl stop tichet && tichet keys rotate && systemctl start tichet',
  ]);
  addCommand(keys, desk, 'show', desk.words.keys.aboutShow, ['tichet keys', 'tichet keys show --json'], true).action(
    async ({ json = false }: JsonOption) => {
      mustHaveData(desk.settings);
      const { epoch, living, destroyed, old, since } = await keysStatus(desk.settings);
      if (json) desk.printJson({ epoch, living, destroyed, oldMasterKeys: old, ...(since && { since: since.toISOString() }) });
      else {
        desk.print(desk.words.keys.epochMasterKey({ epoch }));
        desk.print(desk.words.keys.livingKeysDestroyed({ living, destroyed }));
        for (const file of old) desk.print(desk.words.keys.oldMasterKeyMake({ file }));
      }
      if (old.length > 0 && daysSince(since, systemClock.now()) > longestOldKeyDays) desk.end(exitCodes.findings);
    },
  );
  addCommand(keys, desk, 'rotate', desk.words.keys.aboutRotate, [
    'systemctl stop tichet && tichet keys rotate && systemctl start tichet',
  ]).action(async ({ json = false }: JsonOption) => {
    if (desk.settings.readModels === 'memory') throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.keys.keysMemoryNoEpochs);
    mustHaveData(desk.settings);
    const outcome = await desk.withProgress((at) => rotateKeys(desk.settings, at));
    if (outcome.kind === 'in-use') {
      const names = outcome.processes.join(', ');
      throw new CommandEnds(exitCodes.failed, inBoth.cli.keys.processesServiceConnectedDatabase({ names }));
    }
    const { epoch, keys: rewrapped, old } = outcome;
    if (json) {
      desk.printJson({ epoch, keys: rewrapped, old });
      return;
    }
    desk.print(desk.words.keys.epochBegunKeysWrapped({ epoch, rewrapped }));
    desk.print(desk.words.keys.putCopyNewFile);
    if (desk.settings.readModels === 'postgres') desk.print(desk.words.keys.carryNewFileEvery);
    desk.print(desk.words.keys.oldMasterKeyMake({ file: old }));
  });
};
