import { systemClock } from '../../../runtime/clock/system-clock';
import { keysStatus } from '../../../nest/keys-status';
import { rotateKeys } from '../../../nest/rotate-keys';
import { daysSince, longestOldKeyDays } from '../../../log/keys/rotation/master-key-files';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import { mustHaveData } from '../reading-stores';
import { inBoth } from '../../../phrasing/sentences';

const destroyOld = (file: string) => inBoth.cli.keys.oldMasterKeyMake({ file });

export const keysCommand: CommandOfTichet = (program, desk) => {
  const keys = addCommand(program, desk, {
    usage: 'keys',
    group: true,
    words: inBoth.cli.keys.about,
    examples: ['tichet keys', 'systemctl stop tichet && tichet keys rotate && systemctl start tichet'],
  });
  addCommand(keys, desk, {
    usage: 'show',
    isDefault: true,
    words: inBoth.cli.keys.aboutShow,
    examples: ['tichet keys', 'tichet keys show --json'],
  }).action(async ({ json = false }: JsonOption) => {
    mustHaveData(desk.settings);
    const { epoch, living, destroyed, old, since } = await keysStatus(desk.settings);
    if (json) desk.printJson({ epoch, living, destroyed, oldMasterKeys: old, ...(since && { since: since.toISOString() }) });
    else {
      desk.print(desk.say(inBoth.cli.keys.epochMasterKey({ epoch })));
      desk.print(desk.say(inBoth.cli.keys.livingKeysDestroyed({ living, destroyed })));
      for (const file of old) desk.print(desk.say(destroyOld(file)));
    }
    if (old.length > 0 && daysSince(since, systemClock.now()) > longestOldKeyDays) desk.end(exitCodes.findings);
  });
  addCommand(keys, desk, {
    usage: 'rotate',
    words: inBoth.cli.keys.aboutRotate,
    examples: ['systemctl stop tichet && tichet keys rotate && systemctl start tichet'],
  }).action(async ({ json = false }: JsonOption) => {
    if (desk.settings.readModels === 'memory') throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.keys.keysMemoryNoEpochs);
    mustHaveData(desk.settings);
    const progress = progressOn(desk.terminal);
    const outcome = await rotateKeys(desk.settings, (done, total) => {
      progress.at(done, total);
    }).finally(() => {
      progress.stop();
    });
    if (outcome.kind === 'in-use') {
      const names = outcome.processes.join(', ');
      throw new CommandEnds(exitCodes.failed, inBoth.cli.keys.processesServiceConnectedDatabase({ names }));
    }
    const { epoch, keys: rewrapped, old } = outcome;
    if (json) {
      desk.printJson({ epoch, keys: rewrapped, old });
      return;
    }
    desk.print(desk.say(inBoth.cli.keys.epochBegunKeysWrapped({ epoch, rewrapped })));
    desk.print(desk.say(inBoth.cli.keys.putCopyNewFile));
    if (desk.settings.readModels === 'postgres') desk.print(desk.say(inBoth.cli.keys.carryNewFileEvery));
    desk.print(desk.say(destroyOld(old)));
  });
};
