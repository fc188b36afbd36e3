import { Option } from 'commander';
import { auditTicket } from '../../../../application/audit/audit-ticket';
import type { AuditListed } from '../../../../application/audit/audit-list';
import type { Verdict } from '../../../../domain/audit/check';
import { defined } from '../../../../domain/kernel/defined';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { startOfDay, startOfNextDay } from '../../../../domain/time/civil-time';
import { auditRows } from '../../../nest/audit-rows';
import { chainOf } from '../../../proof/chain-of';
import { articleWords } from '../article-words';
import { checksWith } from '../checks-with';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { exitCodes, type Colour } from '../terminal';
import { findTicket } from '../find-ticket';
import { dateOf, momentOf } from '../moments';
import { whileReading } from '../installation';
import { endsWith } from '../refusal-words';
import { inBoth } from '../../../phrasing/sentences';

const verdicts: readonly Verdict[] = ['pass', 'fail', 'warn', 'waived', 'pending', 'not-applicable'];
const colourOf: Partial<Record<Verdict, Colour>> = { pass: 'green', fail: 'red', warn: 'yellow', waived: 'yellow', pending: 'dim' };

type AuditOptions = JsonOption & {
  readonly verdict?: Verdict;
  readonly from?: string;
  readonly to?: string;
  readonly staff?: string;
  readonly asOf?: string;
};

const coloured = (desk: Invocation, verdict: Verdict): string => {
  const colour = colourOf[verdict];
  return colour === undefined ? verdict : desk.colour(colour, verdict);
};

const auditOne = async (desk: Invocation, named: string, { asOf, json = false }: AuditOptions): Promise<void> => {
  const moment = asOf === undefined ? undefined : momentOf(asOf);
  const ticketId = await findTicket(desk, named);
  const audited = await whileReading(desk.settings, (ports) => auditTicket(chainOf)(ports)({ ticketId, ...defined({ asOf: moment }) }));
  if (isRefusal(audited)) throw endsWith(audited);
  if (json) desk.printJson(audited);
  else {
    desk.print(`${audited.facts.reference}  ${coloured(desk, audited.overall)}`);
    for (const { id, verdict, article, text } of audited.checks) {
      desk.print(
        `${id}  ${coloured(desk, verdict)}${' '.repeat(14 - verdict.length)}  ${desk.say(articleWords(article))}  ${desk.say(text)}`,
      );
    }
  }
  if (audited.overall === 'fail') desk.end(exitCodes.findings);
};

const auditAll = async (desk: Invocation, { verdict, from, to, staff, json = false }: AuditOptions): Promise<void> => {
  const asked = {
    ...defined({ verdict }),
    ...(from === undefined ? {} : { from: startOfDay(dateOf(from)) }),
    ...(to === undefined ? {} : { before: startOfNextDay(dateOf(to)) }),
    ...defined({ staffId: staff }),
  };
  const rows = await whileReading(desk.settings, async (ports) => {
    const found: AuditListed[] = [];
    for await (const row of auditRows(ports, asked)) found.push(row);
    return found;
  });
  if (json) desk.printJson({ tickets: rows });
  else
    desk.printTable(
      ['ticket', 'starts', 'staff', 'overall', 'fail', 'warn'],
      rows.map((row) => [
        row.reference,
        row.startsAt,
        row.staffId,
        row.overall,
        checksWith(row, 'fail').join(' ') || '-',
        checksWith(row, 'warn').join(' ') || '-',
      ]),
    );
  if (rows.some(({ overall }) => overall === 'fail')) desk.end(exitCodes.findings);
};

export const auditCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'audit [ticket]', desk.words.audit.aboutAudit, [
      'tichet audit --verdict fail',
      'tichet audit --from 2026-03-01 --to 2026-03-31 --json',
      'tichet audit TA-7K2M9QXD --as-of 2026-03-05',
    ])
    .addOption(new Option('--verdict <verdict>', desk.words.audit.optionVerdict).choices(verdicts))
    .option('--from <date>', desk.words.audit.optionFrom)
    .option('--to <date>', desk.words.audit.optionTo)
    .option('--staff <id>', desk.words.audit.optionStaff)
    .option('--as-of <time>', desk.words.audit.optionAsOf)
    .action((named: string | undefined, options: AuditOptions) =>
      named === undefined ? auditAll(desk, options) : auditOne(desk, named, options),
    );
};
