import { applyRetention } from '../../../../application/privacy/retention';
import { retentionClasses } from '../../../../domain/retention/retention';
import { chainOf } from '../../../proof/chain-of';
import { askRunningService } from '../ask-running-service';
import { addCommand, addGroup, type CommandOfTichet, type JsonOption } from '../invocation';
import { whileReading, mustHaveData } from '../installation';
import { inBoth } from '../../../phrasing/sentences';

export const retentionCommand: CommandOfTichet = (program, desk) => {
  const retention = addGroup(program, desk, 'retention', desk.words.retention.about, ['tichet retention list', 'tichet retention apply --dry-run']);
  addCommand(retention, desk, 'list', desk.words.retention.aboutList, ['tichet retention list', 'tichet retention list --json']).action(async ({ json = false }: JsonOption) => {
    const { retention: periods } = desk.settings;
    const { counts } = await whileReading(desk.settings, (ports) =>
      applyRetention({ ports, chainOf, periods }, { now: ports.clock.now(), by: 'command', dryRun: true }),
    );
    const rows = retentionClasses.map((name) => ({
      class: name,
      period: name === 'archive' ? null : (periods[name]?.text ?? null),
      ...(name in counts ? { today: Object.entries(counts).find(([kind]) => kind === name)?.[1] ?? {} } : {}),
    }));
    if (json) desk.printJson({ classes: rows });
    else
      desk.printTable(
        ['class', 'period', 'due', 'held-back'],
        rows.map(({ class: name, period, today }) => {
          const heldBack = Object.entries(today ?? {}).filter(([standing]) => standing !== 'due' && standing !== 'nothing');
          return [
            name,
            period ?? '-',
            today === undefined ? '-' : String(today.due ?? 0),
            heldBack.map(([standing, count]) => `${standing} ${count}`).join(', ') || '-',
          ];
        }),
      );
  });
  addCommand(retention, desk, 'apply', desk.words.retention.aboutApply, ['tichet retention apply --dry-run', 'tichet retention apply'])
    .option('--dry-run', desk.words.retention.optionDryRun)
    .action(async ({ dryRun = false, ...options }: JsonOption & { readonly dryRun?: boolean }) => {
      mustHaveData(desk.settings);
      await askRunningService(desk, { command: 'apply-retention', dryRun }, options);
    });
};
