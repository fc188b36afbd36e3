import { Option } from 'commander';
import { type AuditListed, type GradeFilter, gradeFilters } from '../../../../application/audit/audit-list';
import { auditTicket } from '../../../../application/audit/audit-ticket';
import { ticketExplained } from '../../../../application/audit/ticket-history';
import type { Ports } from '../../../../application/kernel/ports/ports';
import { tables } from '../../../../application/kernel/ports/tables';
import { parkedIn } from '../../../../application/kernel/reading/parked-in';
import { tickets } from '../../../../application/kernel/streams';
import type { Verdict } from '../../../../domain/audit/check';
import { type HistoryStep, historySteps } from '../../../../domain/audit/history';
import { type CheckId, checkIds } from '../../../../domain/audit/judge';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { type Ground, groundKinds } from '../../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../../domain/request/registering';
import { type Mode, meetingMode } from '../../../../domain/ticket/facts';
import { wholeDays } from '../../../../domain/time/civil-time';
import { auditRows } from '../../../nest/audit-rows';
import { explaining } from '../../../nest/explaining';
import { inBoth } from '../../../phrasing/sentences';
import { chainOf } from '../../../proof/chain-of';
import { articleWords, eventDataLines, explainedLines, readableData } from '../explained-lines';
import { whileReading } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { daysOf, endsWith, findTicket, momentOf } from '../named';
import { CommandEnds, exitCodes } from '../terminal';
import { printDuties } from '../told-duties';
import { printJudgement } from '../told-judgement';
import { tellWhereLogLacks } from '../log-lacks';
import { whileShowing } from '../while-showing';

/** The checks of this row with this verdict, in order. */
const checksWith = ({ verdicts }: AuditListed, verdict: string): string =>
  Object.entries(verdicts)
    .filter(([, one]) => one === verdict)
    .map(([id]) => id)
    .sort()
    .join(' ') || '-';

const verdicts: readonly Verdict[] = ['pass', 'fail', 'warn', 'waived', 'pending', 'not-applicable'];

type AuditOptions = JsonOption & {
  readonly verdict?: Verdict;
  readonly grade?: GradeFilter;
  readonly from?: string;
  readonly to?: string;
  readonly staff?: string;
  readonly check?: CheckId;
  readonly department?: string;
  readonly mode?: Mode;
  readonly ground?: Ground['kind'];
  readonly request?: string;
  readonly asOf?: string;
};

const auditOne = async (cli: Invocation, named: string, { asOf, json = false }: AuditOptions): Promise<void> => {
  const moment = asOf === undefined ? undefined : momentOf(asOf);
  await tellWhereLogLacks(cli);
  const ticketId = await findTicket(cli, named);
  const audited = await whileReading(cli.settings, (ports) => auditTicket(chainOf)(ports)({ ticketId, ...defined({ asOf: moment }) }));
  if (isRefusal(audited)) throw endsWith(audited);
  if (json) cli.printJson(audited);
  else {
    printJudgement(cli, audited.facts.reference, audited);
    printDuties(cli, audited.duties);
  }
  if (audited.overall === 'fail') cli.end(exitCodes.findings);
};

/** @throws CommandEnds */
const requestNumberOf = (text: string): string => {
  const number = parseRegistrationNumber(text)?.number;
  if (number === undefined) throw new CommandEnds(exitCodes.invalidInput, inBoth.api.invalid.number);
  return number;
};

const auditAll = async (
  cli: Invocation,
  { from, to, staff, department, request, asOf, json = false, ...options }: AuditOptions,
): Promise<void> => {
  const { verdict, grade, check, mode, ground } = options;
  const asked = {
    ...defined({ verdict, grade, check, mode, ground, departmentCode: department }),
    ...wholeDays(daysOf({ from, to })),
    ...defined({ staffId: staff, requestNumber: request === undefined ? undefined : requestNumberOf(request) }),
    ...defined({ asOf: asOf === undefined ? undefined : momentOf(asOf) }),
  };
  const { rows, parked } = await whileReading(cli.settings, async (ports) => {
    const found: AuditListed[] = [];
    for await (const row of auditRows(ports, asked)) found.push(row);
    return { rows: found, parked: await parkedIn(ports, tables.auditTrail) };
  });
  if (parked > 0) cli.complain(cli.words.audit.parked({ count: parked }));
  cli.printList(
    json,
    { tickets: rows },
    ['ticket', 'starts', 'staff', 'overall', 'fail', 'warn', 'grade', 'confirmable'],
    rows.map((row) => [
      row.reference,
      row.startsAt,
      row.staffId,
      row.overall,
      checksWith(row, 'fail'),
      checksWith(row, 'warn'),
      row.grade ?? '-',
      Object.keys(row.observable).sort().join(' ') || '-',
    ]),
  );
  if (rows.some(({ overall }) => overall === 'fail')) cli.end(exitCodes.findings);
};

export const auditCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'audit [ticket]', cli.words.audit.aboutAudit({ last: checkIds.at(-1) ?? '' }), [
    'tichet audit --verdict fail',
    'tichet audit --grade confirmable',
    'tichet audit --from 2026-03-01 --to 2026-03-31 --json',
    'tichet audit --department 425 --check C13 --verdict fail',
    'tichet audit --verdict fail --as-of 2026-03-31',
    'tichet audit TA-7K2M9QXD --as-of 2026-03-05',
  ])
    .addOption(new Option('--verdict <verdict>', cli.words.audit.optionVerdict).choices(verdicts))
    .addOption(new Option('--grade <grade>', cli.words.audit.optionGrade).choices(gradeFilters))
    .option('--from <date>', cli.words.audit.optionFrom)
    .option('--to <date>', cli.words.audit.optionTo)
    .option('--staff <id>', cli.words.audit.optionStaff)
    .addOption(new Option('--check <check>', cli.words.audit.optionCheck).choices(checkIds))
    .option('--department <code>', cli.words.audit.optionDepartment)
    .addOption(new Option('--mode <mode>', cli.words.audit.optionMode).choices(meetingMode.words))
    .addOption(new Option('--ground <ground>', cli.words.audit.optionGround).choices(groundKinds))
    .option('--request <number>', cli.words.audit.optionRequest)
    .option('--as-of <time>', cli.words.audit.optionAsOf)
    .action((named: string | undefined, options: AuditOptions) =>
      named === undefined ? auditAll(cli, options) : auditOne(cli, named, options),
    );
};

const replaying = { page: 'tichet replay', purpose: 'audit' } as const;

type ReplayOptions = JsonOption & { readonly asOf?: string; readonly personal?: boolean; readonly explain?: boolean };
/** A step of the history with what its fact says, personal data only for those who asked for it. */
type Step = Omit<HistoryStep, 'changed'> & { readonly changed: unknown };

const stepsOf = async (ports: Ports, ticketId: string, until: string | undefined, showPersonal: boolean): Promise<readonly Step[]> => {
  const { events } = await tickets.of(ports, ticketId).load();
  if (events.length === 0) throw new CommandEnds(exitCodes.notFound, inBoth.cli.replay.noSuchTicket);
  const dataOf = new Map(events.map(({ id, fact }) => [id, fact.data]));
  return Promise.all(
    historySteps(events, until).map(async (step) => ({
      ...step,
      changed: await readableData(dataOf.get(step.eventId) ?? {}, ports.personalData, showPersonal),
    })),
  );
};

const explain = async (cli: Invocation, ticketId: string, { until, personal, json }: Explain): Promise<void> => {
  const explained = await whileShowing(cli, replaying, (ports) =>
    ticketExplained(explaining, personal)(ports)({ ticketId, ...defined({ asOf: until }) }),
  );
  if (isRefusal(explained)) throw endsWith(explained);
  if (json) cli.printJson(explained);
  else for (const line of explainedLines(explained, cli.language)) cli.print(line);
};
type Explain = { readonly until: string | undefined; readonly personal: boolean; readonly json: boolean };

export const replayCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'replay <ticket>', cli.words.replay.aboutReplay, [
    'tichet replay TA-7K2M9QXD',
    'tichet replay TA-7K2M9QXD --as-of 2026-03-05 --explain',
    'tichet replay TA-7K2M9QXD --explain --json',
  ])
    .option('--as-of <time>', cli.words.replay.optionAsOf)
    .option('--explain', cli.words.replay.optionExplain)
    .option('--personal', cli.words.replay.optionPersonal)
    .action(async (named: string, { asOf, explain: asked = false, personal = false, json = false }: ReplayOptions) => {
      const until = asOf === undefined ? undefined : momentOf(asOf);
      await tellWhereLogLacks(cli);
      const ticketId = await findTicket(cli, named);
      if (asked) return explain(cli, ticketId, { until, personal, json });
      const steps = await whileShowing(cli, replaying, (ports) => stepsOf(ports, ticketId, until, personal));
      const words = cli.words.replay;
      cli.printList(
        json,
        { ticketId, ...defined({ asOf: until }), steps },
        [words.at, words.fact, words.who, 'art.', words.state, words.changed],
        steps.map(({ at, type, actor, article, state, changed }) => [
          at,
          type,
          actor.kind === 'citizen' ? actor.kind : `${actor.kind} ${actor.id}`,
          cli.say(articleWords(article)).replace(/^art\. /, ''),
          state,
          eventDataLines(changed),
        ]),
      );
    });
};
