import { webhookList } from '../../../../application/operation/webhooks';
import { askRunningService } from '../ask-running-service';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { whileReading } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

export const webhooksCommand: CommandOfTichet = (program, desk) => {
  const webhooks = addGroup(program, desk, 'webhooks', desk.words.webhooks.about, ['tichet webhooks list', 'tichet webhooks enable statistics']);
  addCommand(webhooks, desk, 'list', desk.words.webhooks.aboutList, ['tichet webhooks list', 'tichet webhooks list --json']).action(async ({ json = false }: JsonOption) => {
    const { settings } = desk;
    const listed = await whileReading(settings, (kept) => webhookList(kept, settings.webhooks ?? []));
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
  addCommand(webhooks, desk, 'enable <target>', desk.words.webhooks.aboutEnable, ['tichet webhooks enable statistics']).action(async (target: string, options: JsonOption) => {
    await askRunningService(desk, { command: 'enable-webhook', target }, options);
  });
};
