import { applyRetention } from '../../../../application/privacy/apply-retention';
import { retentionClasses } from '../../../../domain/retention/retention';
import { chainOf } from '../../../proof/chain-of';
import { askOffice } from '../ask-office';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { whileReading } from '../open-reading';
import { mustHaveData } from '../reading-stores';

export const retentionCommand: CommandOfTichet = (program, desk) => {
  const retention = addCommand(program, desk, {
    usage: 'retention',
    group: true,
    words: { ro: 'cât se păstrează datele și ce s-ar șterge', en: 'how long data are kept, and what would be erased' },
    examples: ['tichet retention list', 'tichet retention apply --dry-run'],
  });
  addCommand(retention, desk, {
    usage: 'list',
    words: {
      ro: 'clasele, termenele lor și ce s-ar șterge azi, numai ca numere',
      en: 'the classes, their periods, and what would be erased today, as counts only',
    },
    examples: ['tichet retention list', 'tichet retention list --json'],
  }).action(async ({ json = false }: JsonOption) => {
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
  addCommand(retention, desk, {
    usage: 'apply',
    words: {
      ro: 'șterge acum ce și-a împlinit termenul, fără să aștepte noaptea',
      en: 'erases now what has been kept long enough, without waiting for the night',
    },
    examples: ['tichet retention apply --dry-run', 'tichet retention apply'],
  })
    .option('--dry-run', desk.say({ ro: 'numai numără', en: 'only counts' }))
    .action(async ({ dryRun = false, ...options }: JsonOption & { readonly dryRun?: boolean }) => {
      mustHaveData(desk.settings);
      await askOffice(desk, { command: 'apply-retention', dryRun }, options);
    });
};
