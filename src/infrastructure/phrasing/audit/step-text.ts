import { dueFields } from '../../../domain/audit/explained';
import type { HistoryStep } from '../../../domain/audit/history';
import type { Instant, RecordedFact } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Locale, MoveOffered, TaskKind, TicketFact } from '../../../domain/ticket/facts';
import { dayOfDue, endsItsDay } from '../../../domain/time/civil-time';
import type { Slot } from '../../../domain/time/slot';
import { saidOf, sentences } from '../sentences';
import { dateAndHour, hour, hourWithSeconds, plainDate } from '../words/dates';

/** `9 martie 2027, 10:15:08`: to the second, for in an audit the order counts. */
export const moment = (at: Instant, locale: Locale): string => `${plainDate(at, locale)}, ${hourWithSeconds(at)}`;
/** The same of a target or a limit: `9 martie 2027, 24:00` where it is the end of a day. */
export const dueMoment = (due: Instant, locale: Locale): string =>
  endsItsDay(due) ? `${plainDate(dayOfDue(due), locale)}, 24:00` : moment(due, locale);
const ends: ReadonlySet<string> = new Set([...dueFields.filter((name) => name !== 'slotFreeFrom'), 'validUntil']);
/** Whether a field of a fact, or of a state, says until when something is in time. */
export const saysAnEnd = (field: string): boolean => ends.has(field);
/** `marți, 9 martie 2027, 10:15–10:30` */
export const slotInWords = ({ startsAt, endsAt }: Slot, locale: Locale): string => `${dateAndHour(startsAt, locale)}–${hour(endsAt)}`;
/** `154997 din 4 martie 2021` */
export const requestInWords = ({ number, filedOn }: RequestIdentity, locale: Locale): string => {
  const [before, between] = sentences[locale].audit.state.requestOf;
  return `${before}${number}${between}${plainDate(filedOn, locale)}`;
};

/** `Biroul Cadastru · s004 · marți, 9 martie 2027, 10:15–10:30` */
export const offeredToInWords = (
  { department, staffId, slot }: Pick<MoveOffered['data']['to'], 'department' | 'staffId' | 'slot'>,
  locale: Locale,
): string => [department, staffId, slot && slotInWords(slot, locale)].filter((part) => part !== undefined).join(' · ');

type Facts = ReadonlyMap<string, RecordedFact<TicketFact>>;

/** What a task that is done was about: the fact that raised it says so. */
const taskOf = (taskId: string, facts: Facts): TaskKind | undefined => {
  for (const { fact } of facts.values()) if (fact.type === 'TaskRaised' && fact.data.taskId === taskId) return fact.data.kind;
  return undefined;
};

const detailOf = (fact: TicketFact, facts: Facts, locale: Locale): string | undefined => {
  const { values } = sentences[locale].audit.facts;
  if (fact.type === 'Requested' || fact.type === 'Rescheduled' || fact.type === 'Cancelled') {
    const { askedThrough } = fact.data;
    const by = fact.type === 'Requested' ? undefined : values[fact.data.by];
    const channel = askedThrough && sentences[locale].audit.steps.channels[askedThrough.channel];
    return [by, channel].filter((part) => part !== undefined).join(', ') || undefined;
  }
  if (fact.type === 'MoveOffered') return offeredToInWords(fact.data.to, locale);
  if (fact.type === 'TaskRaised') return sentences[locale].audit.steps.tasks[fact.data.kind];
  if (fact.type === 'ContinuedOtherwise' || fact.type === 'ModeChanged') return sentences[locale].modes.history[fact.data.mode];
  if (fact.type === 'RecordingTakenBack') return values[fact.data.what];
  if (fact.type === 'CorrectionDisputed' || fact.type === 'ObjectionAnswered') return values[fact.data.correctionOf];
  if (fact.type === 'ResolutionAmended') return `${values[fact.data.form]} (${fact.data.amendment})`;
  if (fact.type === 'CitizenNotified') return values[fact.data.outcome];
  if (fact.type === 'ConclusionsErased') {
    const { minuteNumber: number, minuteDate: date } = fact.data;
    return number === undefined || date === undefined
      ? undefined
      : sentences[locale].audit.steps.minute({ number, date: plainDate(date, locale) });
  }
  if (fact.type === 'Lapsed') return saidOf(values, fact.data.cause);
  if (fact.type !== 'TaskDone') return undefined;
  const task = taskOf(fact.data.taskId, facts);
  return task && sentences[locale].audit.steps.tasks[task];
};

/** `Sarcină nouă: scrie rezoluția` */
export const stepInWords = ({ type, eventId }: Pick<HistoryStep, 'type' | 'eventId'>, facts: Facts, locale: Locale): string => {
  const fact = facts.get(eventId)?.fact;
  const detail = fact && detailOf(fact, facts, locale);
  return detail === undefined ? sentences[locale].audit.steps.facts[type] : `${sentences[locale].audit.steps.facts[type]}: ${detail}`;
};

/** A citizen by no more than that; a part of the system by what it does; anybody else by the id that the log has. */
export const actorInWords = ({ kind, id }: HistoryStep['actor'], locale: Locale): string => {
  const { actors, processes } = sentences[locale].audit.steps;
  if (kind === 'citizen') return actors.citizen;
  const process = kind === 'system' ? saidOf(processes, id) : undefined;
  return process === undefined ? `${saidOf(actors, kind) ?? kind} ${id}` : `${actors.system} (${process})`;
};
