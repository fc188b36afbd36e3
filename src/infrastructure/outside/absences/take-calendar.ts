import { followCalendar, refusedCalendar, type CalendarFollowed, type CalendarSource } from '../../../application/staff/follow-calendar';
import type { CommandContext } from '../../../application/kernel/execute';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { addDays, civilDateOf, startOfNextDay } from '../../../domain/time/civil-time';
import type { EventNotRead, WhyNothing, CalendarRead, Span } from './calendar-read';
import { noteRead } from './status';
import { startThread } from '../../runtime/own-files';
import { calendarReadOf, calendarToRead } from './absence-calendars.codec';

const longestMilliseconds = 15_000;
const mostMegabytes = 192;
/** Threads at a time: a person who hands in an endless calendar again and again fills neither the processor nor the memory. */
const mostAtATime = 2;

let reading = 0;
const waiting: (() => void)[] = [];

const inPlace = async <T>(work: () => Promise<T>): Promise<T> => {
  if (reading < mostAtATime) reading += 1;
  // the one that ends hands its place on
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading -= 1;
    else next();
  }
};

const readInThread = (text: string, window: Span, withinMilliseconds: number): Promise<CalendarRead> =>
  new Promise((resolve) => {
    const worker = startThread('calendar', {
      workerData: calendarToRead({ text, window }),
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    const timer = setTimeout(() => void worker.terminate(), withinMilliseconds);
    worker.once('message', (message: unknown) => {
      resolve(calendarReadOf(message));
      void worker.terminate();
    });
    worker.on('error', () => {
      resolve({ kind: 'no-calendar', why: 'too-hard' });
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ kind: 'no-calendar', why: 'too-hard' });
    });
  });

/**
 * Reads another person's calendar in a thread of its own, for as long as a calendar may take: a rule that is computed for ever (every day
 * that is a 30th of February) or one that fills the memory ends the thread and nothing else.
 */
export const readCalendar = (text: string, window: Span, withinMilliseconds = longestMilliseconds): Promise<CalendarRead> =>
  inPlace(() => readInThread(text, window, withinMilliseconds));

export type CalendarTaken = {
  readonly kind: 'taken';
  readonly counts: CalendarFollowed['value'];
  readonly unreadable: readonly EventNotRead[];
  readonly position: Position;
};
export type NothingTaken = { readonly kind: 'nothing'; readonly why: WhyNothing };

/** Under way in this process, by person: two calendars of one person at once would only make each other wait, and all others. */
const turns = new WeakMap<Ports['store'], Map<string, Promise<unknown>>>();
const inTurn = async <T>({ store }: Ports, staffId: string, work: () => Promise<T>): Promise<T> => {
  const waiting = turns.get(store) ?? new Map<string, Promise<unknown>>();
  turns.set(store, waiting);
  const before = waiting.get(staffId);
  const mine = (before ?? Promise.resolve()).then(work, work);
  waiting.set(staffId, mine);
  try {
    return await mine;
  } finally {
    if (waiting.get(staffId) === mine) waiting.delete(staffId);
  }
};

type Asked = { readonly staffId: string; readonly source: CalendarSource; readonly text: string };
type Answer = CalendarTaken | NothingTaken | Refusal;

const readAndFollow = async (ports: Ports, context: CommandContext, { staffId, source, text }: Asked): Promise<Answer> => {
  const until = startOfNextDay(addDays(civilDateOf(context.at), ports.policies['booking-horizon'].value.days));
  const read = await readCalendar(text, { from: context.at, to: until });
  if (read.kind === 'no-calendar') return { kind: 'nothing', why: read.why };
  const { busy, unreadable, events } = read;
  const order = { staffId, source, busy, until, complete: unreadable.length === 0 && events > 0 };
  const followed = await followCalendar(ports)(context, order);
  if (isRefusal(followed)) return followed;
  if (events === 0 && followed.value.kept > 0) return { kind: 'nothing', why: 'empty' };
  await noteRead(ports, source, staffId, { at: context.at, ...followed.value, unreadable });
  return { kind: 'taken', counts: followed.value, unreadable, position: followed.position };
};

/**
 * Reads a calendar and makes this person's absences what it says, up to the booking horizon (A16). An incomplete calendar changes nothing.
 * Where an event could not be read, no absence counts as gone. A caller without the right is refused before it is read.
 */
export const takeCalendar = async (ports: Ports, context: CommandContext, asked: Asked): Promise<Answer> =>
  (await refusedCalendar(ports, context, asked.staffId)) ?? inTurn(ports, asked.staffId, () => readAndFollow(ports, context, asked));
