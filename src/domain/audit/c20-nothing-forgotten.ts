import { endOfWorkingDayAfter } from '../calendar/working-days';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import { check, fail, notApplicable, pass, pending } from './check';
import { first, seen, type Dossier, type Seen } from './dossier';
import { calendarThen } from './in-force';
import { policyThen } from './stamps';
import { moment } from './wording';

/** A stay of the ticket at an hour: what put it there, until when an outcome is due, and what came of it. */
type Stay = {
  readonly from: Seen<'Requested'> | Seen<'Scheduled' | 'Rescheduled'>;
  readonly dueAt: Instant;
  readonly outcome: Seen<'Rescheduled' | 'Held' | 'CitizenAbsent' | 'StaffAbsent' | 'Cancelled' | 'Lapsed'> | undefined;
};

const dueAfter = (dossier: Dossier, { fact }: Stay['from']): Instant => {
  if (fact.type !== 'Requested') return fact.data.outcomeDueAt;
  const { startsAt } = fact.data.slot;
  return endOfWorkingDayAfter(calendarThen(dossier, startsAt), startsAt, policyThen(dossier, 'outcome-deadline').value.workingDays);
};

const staysOf = (dossier: Dossier): readonly Stay[] => {
  const scheduled = seen(dossier, 'Scheduled', 'Rescheduled');
  const placed = scheduled.length > 0 ? scheduled : seen(dossier, 'Requested');
  return placed.map((from) => {
    const after = { ticket: dossier.ticket.slice(dossier.ticket.indexOf(from) + 1) };
    const outcome = first(after, 'Rescheduled', 'Held', 'CitizenAbsent', 'StaffAbsent', 'Cancelled', 'Lapsed');
    return { from, dueAt: dueAfter(dossier, from), outcome };
  });
};

/** C20, Art. 8: once the start has passed, what came of the meeting is recorded within two working days. */
export const c20NothingForgotten = check('C20', '8', (dossier) => {
  const stays = staysOf(dossier);
  // An hour that was left before it came needs no outcome.
  const due = stays.filter(({ from, outcome }) => (outcome?.recordedAt ?? dossier.asOf) > from.fact.data.slot.startsAt);
  const forgotten = due.find(({ dueAt, outcome }) => (outcome?.recordedAt ?? dossier.asOf) > dueAt);
  if (forgotten !== undefined) {
    const by = moment(forgotten.dueAt);
    return fail({ ro: `Nu s-a înscris nimic până la ${by}.`, en: `Nothing was recorded by ${by}.` }, [forgotten.from, forgotten.outcome]);
  }
  const waiting = due.find(({ outcome }) => outcome === undefined);
  if (waiting !== undefined) {
    return pending({ ro: 'Ora a trecut; rezultatul este așteptat.', en: 'The hour has passed; the outcome is awaited.' }, [waiting.from], {
      failsAt: waiting.dueAt,
    });
  }
  const ahead = stays.find(({ outcome }) => outcome === undefined)?.from;
  const turns = defined({ appliesAt: ahead?.fact.data.slot.startsAt });
  return due.length > 0
    ? pass(
        { ro: 'Rezultatul întâlnirii este înscris.', en: 'What came of the meeting is recorded.' },
        due.flatMap(({ from, outcome }) => [from, outcome]),
        turns,
      )
    : notApplicable({ ro: 'Ora întâlnirii nu a trecut.', en: 'The hour of the meeting has not passed.' }, [ahead], turns);
});
