import { webhookList } from '../../../../application/operation/webhooks';
import { askRunningService } from '../ask-running-service';
import { addCommand, type CommandOfTichet, eventTargetsOf, type JsonOption } from '../invocation';
import { whileReading } from '../open-reading';
import { inBoth } from '../../../phrasing/sentences';

export const webhooksCommand: CommandOfTichet = (program, desk) => {
  const webhooks = addCommand(program, desk, {
    usage: 'webhooks',
    group: true,
    words: inBoth.cli.webhooks.about,
    examples: ['tichet webhooks list', 'tichet webhooks enable statistics'],
  });
  addCommand(webhooks, desk, {
    usage: 'list',
    words: inBoth.cli.webhooks.aboutList,
    examples: ['tichet webhooks list', 'tichet webhooks list --json'],
  }).action(async ({ json = false }: JsonOption) => {
    const listed = await whileReading(desk.settings, (kept) => webhookList(kept, eventTargetsOf(desk)));
    if (json) desk.printJson({ webhooks: listed });
    else
      desk.printTable(
        ['target', 'state', 'position', 'attempts', 'reason', 'next', 'disabled'],
        listed.map(({ name, state, position = '-', attempts = 0, reason = '-', nextAt = '-', disabledAt = '-' }) => [
          name,
          state,
          position === '' ? '-' : position,
          String(attempts),
          reason,
          nextAt,
          disabledAt,
        ]),
      );
  });
  addCommand(webhooks, desk, {
    usage: 'enable <target>',
    words: inBoth.cli.webhooks.aboutEnable,
    examples: ['tichet webhooks enable statistics'],
  }).action(async (target: string, options: JsonOption) => {
    await askRunningService(desk, { command: 'enable-webhook', target }, options);
  });
};
