import { tickets } from '../../../../application/kernel/streams';
import type { Ports } from '../../../../application/kernel/ports/ports';
import { ticketExplained } from '../../../../application/audit/ticket-history';
import { type HistoryStep, historySteps } from '../../../../domain/audit/history';
import { defined } from '../../../../domain/kernel/defined';
import { isRefusal } from '../../../../domain/kernel/refusal';
import { explaining } from '../../../nest/explaining';
import { articleWords } from '../article-words';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { explainedLines } from '../explained-lines';
import { findTicket } from '../find-ticket';
import { momentOf } from '../moments';
import { whileReading } from '../installation';
import { endsWith } from '../refusal-words';
import { readableData, eventDataLines } from '../event-data';
import { inBoth } from '../../../phrasing/sentences';

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

const explain = async (desk: Invocation, ticketId: string, { until, personal, json }: Explain): Promise<void> => {
  const explained = await whileReading(desk.settings, (ports) =>
    ticketExplained(explaining, personal)(ports)({ ticketId, ...defined({ asOf: until }) }),
  );
  if (isRefusal(explained)) throw endsWith(explained);
  if (json) desk.printJson(explained);
  else for (const line of explainedLines(explained, desk.language)) desk.print(line);
};
type Explain = { readonly until: string | undefined; readonly personal: boolean; readonly json: boolean };

export const replayCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'replay <ticket>', desk.words.replay.aboutReplay, [
      'tichet replay TA-7K2M9QXD',
      'tichet replay TA-7K2M9QXD --as-of 2026-03-05 --explain',
      'tichet replay TA-7K2M9QXD --explain --json',
    ])
    .option('--as-of <time>', desk.words.replay.optionAsOf)
    .option('--explain', desk.words.replay.optionExplain)
    .option('--personal', desk.words.replay.optionPersonal)
    .action(async (named: string, { asOf, explain: asked = false, personal = false, json = false }: ReplayOptions) => {
      const until = asOf === undefined ? undefined : momentOf(asOf);
      const ticketId = await findTicket(desk, named);
      if (asked) return explain(desk, ticketId, { until, personal, json });
      const steps = await whileReading(desk.settings, (ports) => stepsOf(ports, ticketId, until, personal));
      if (json) desk.printJson({ ticketId, ...defined({ asOf: until }), steps });
      else
        desk.printTable(
          [
            desk.words.replay.at,
            desk.words.replay.fact,
            desk.words.replay.who,
            'art.',
            desk.words.replay.state,
            desk.words.replay.changed,
          ],
          steps.map(({ at, type, actor, article, state, changed }) => [
            at,
            type,
            actor.kind === 'citizen' ? actor.kind : `${actor.kind} ${actor.id}`,
            desk.say(articleWords(article)).replace(/^art\. /, ''),
            state,
            eventDataLines(changed),
          ]),
        );
    });
};
