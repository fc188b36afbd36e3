import { loadStream } from '../../../application/execute';
import type { Ports } from '../../../application/ports/ports';
import { type HistoryStep, historySteps } from '../../../domain/audit/history-steps';
import { ticketStream } from '../../../domain/ticket/facts';
import { ticket } from '../../../domain/ticket/ticket';
import { articleWords } from '../article-words';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { findTicket } from '../find-ticket';
import { momentOf } from '../moments';
import { whileReading } from '../open-reading';
import { readableData, toldData } from '../told-data';

type ReplayOptions = JsonOption & { readonly asOf?: string; readonly personal?: boolean };
/** A step of the history with what its fact says, personal data only for those who asked for it. */
type Step = Omit<HistoryStep, 'changed'> & { readonly changed: unknown };

const stepsOf = async (ports: Ports, ticketId: string, until: string | undefined, showPersonal: boolean): Promise<readonly Step[]> => {
  const { events } = await loadStream(ports, ticket, ticketStream(ticketId));
  if (events.length === 0) throw new CommandEnds(exitCodes.notFound, { ro: 'Nu există acest tichet.', en: 'There is no such ticket.' });
  const dataOf = new Map(events.map(({ id, fact }) => [id, fact.data]));
  return Promise.all(
    historySteps(events, until).map(async (step) => ({
      ...step,
      changed: await readableData(dataOf.get(step.eventId) ?? {}, ports.personalData, showPersonal),
    })),
  );
};

export const replayCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'replay <ticket>',
    words: { ro: 'istoria unui tichet, pas cu pas, din jurnal', en: "a ticket's history, step by step, from the log" },
    examples: ['tichet replay TA-7K2M9QXD', 'tichet replay TA-7K2M9QXD --as-of 2026-03-05', 'tichet replay TA-7K2M9QXD --json'],
  })
    .option('--as-of <time>', desk.say({ ro: 'ce se știa atunci (dată sau moment)', en: 'what was known then (date or moment)' }))
    .option('--personal', desk.say({ ro: 'arată datele personale; altfel […]', en: 'show personal data; […] otherwise' }))
    .action(async (named: string, { asOf, personal = false, json = false }: ReplayOptions) => {
      const until = asOf === undefined ? undefined : momentOf(asOf);
      const ticketId = await findTicket(desk, named);
      const steps = await whileReading(desk.settings, (ports) => stepsOf(ports, ticketId, until, personal));
      if (json) desk.printJson({ ticketId, ...(until === undefined ? {} : { asOf: until }), steps });
      else
        desk.printTable(
          [
            desk.say({ ro: 'moment', en: 'at' }),
            desk.say({ ro: 'fapt', en: 'fact' }),
            desk.say({ ro: 'cine', en: 'who' }),
            'art.',
            desk.say({ ro: 'stare', en: 'state' }),
            desk.say({ ro: 'ce s-a schimbat', en: 'what changed' }),
          ],
          steps.map(({ at, type, actor, article, state, changed }) => [
            at,
            type,
            actor.kind === 'citizen' ? actor.kind : `${actor.kind} ${actor.id}`,
            desk.say(articleWords(article)).replace(/^art\. /, ''),
            state,
            toldData(changed),
          ]),
        );
    });
};
