import { endOfWorkingDayAfter } from '../calendar/working-days';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import { plusHours, secondsBetween } from '../time/civil-time';
import { type Dossier, first, type Placement, placements, seen, type Seen } from './case-file';
import { check, fail, moment, notApplicable, notHeld, notOnline, pass, pending, waived } from './check';
import { calendarThen, policyThen } from './in-force';

/** C07, Art. 5 (A14): whoever chose `online` had accepted the recording notice before the meeting started. */
export const c07ToldAboutRecording = check(
  '5',
  {
    ro: ['Anunțat despre înregistrare', 'Cine a ales online a acceptat nota despre înregistrare înainte de începerea întâlnirii.'],
    en: ['Told about the recording', 'Whoever chose online accepted the recording notice before the meeting started.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested?.fact.data.mode !== 'online') return notApplicable(notOnline, [requested]);
    const notice = requested.fact.data.recordingNotice;
    const started = first(dossier, 'MeetingStarted') ?? first(dossier, 'Held');
    if (notice === undefined) {
      return fail({ ro: 'Nota despre înregistrare nu a fost acceptată.', en: 'The recording notice was not accepted.' }, [requested]);
    }
    return started !== undefined && notice.acceptedAt > started.fact.data.startedAt
      ? fail(
          {
            ro: `Nota despre înregistrare a fost acceptată abia la ${moment(notice.acceptedAt)}.`,
            en: `The recording notice was accepted only at ${moment(notice.acceptedAt)}.`,
          },
          [requested, started],
        )
      : pass({ ro: 'Nota despre înregistrare a fost acceptată înainte.', en: 'The recording notice was accepted beforehand.' }, [
          requested,
          started,
        ]);
  },
);

/** Which invitations with the link, for the current slot, were accepted and did not come back. */
const standing = (dossier: Dossier, place: Placement): readonly Seen<'InvitationSent'>[] => {
  const bounced = new Set(seen(dossier, 'InvitationBounced').map(({ fact }) => fact.data.letterId));
  return seen(dossier, 'InvitationSent').filter(
    ({ fact: { data } }) => data.withLink && data.slot.startsAt === place.fact.data.slot.startsAt && !bounced.has(data.letterId),
  );
};

/** The meeting left its hour before that hour came. */
const leftBefore = (dossier: Dossier, place: Placement): boolean =>
  seen({ ticket: dossier.ticket.slice(dossier.ticket.indexOf(place)) }, 'Cancelled', 'StaffAbsent').some(
    ({ recordedAt }) => recordedAt <= place.fact.data.slot.startsAt,
  );

/** C11, Art. 5 (R3.5): the invitation with the link for the current slot was accepted at least one hour before the start, and did not bounce. */
export const c11LinkInTime = check(
  '5',
  {
    ro: ['Linkul la timp', 'Invitația cu linkul pentru ora de acum a plecat cu cel puțin o oră înainte și nu s-a întors.'],
    en: ['Link in time', 'The invitation with the link for the current slot left at least one hour ahead and did not bounce.'],
  },
  (dossier) => {
    const place = placements(dossier).at(-1);
    if (first(dossier, 'Requested')?.fact.data.mode !== 'online' || place === undefined) return notApplicable(notOnline);
    const { startsAt } = place.fact.data.slot;
    if (leftBefore(dossier, place))
      return notApplicable({ ro: 'Întâlnirea a fost anulată înainte de oră.', en: 'The meeting was called off before its hour.' }, [place]);
    if (dossier.asOf <= startsAt)
      return notApplicable({ ro: 'Ora întâlnirii nu a trecut.', en: 'The hour of the meeting has not passed.' }, [place], {
        appliesAt: startsAt,
      });
    const sent = standing(dossier, place);
    const dueAt = plusHours(startsAt, -policyThen(dossier, 'invitation-lead').value.hours);
    const inTime = sent.find(({ fact }) => fact.data.acceptedAt <= dueAt);
    if (inTime !== undefined)
      return pass({ ro: 'Linkul a ajuns cu cel puțin o oră înainte.', en: 'The link arrived at least one hour ahead.' }, [place, inTime]);
    const bounces = seen(dossier, 'InvitationBounced');
    const late = sent[0];
    return late === undefined
      ? fail({ ro: 'Invitația cu link nu a ajuns la cetățean.', en: 'No invitation with the link reached the citizen.' }, [
          place,
          ...bounces,
        ])
      : fail(
          {
            ro: `Invitația cu link a plecat abia la ${moment(late.fact.data.acceptedAt)}.`,
            en: `The invitation with the link left only at ${moment(late.fact.data.acceptedAt)}.`,
          },
          [place, late],
        );
  },
);

/** Seconds recorded; a recording attached twice counts once, and one that is gone not at all. */
const secondsRecorded = (dossier: Dossier): number => {
  const recordings = new Map<string, number>();
  for (const { fact } of seen(dossier, 'RecordingAttached', 'RecordingWithdrawn')) {
    if (fact.type === 'RecordingAttached') recordings.set(fact.data.recordingId, fact.data.durationSeconds);
    else recordings.delete(fact.data.recordingId);
  }
  return [...recordings.values()].reduce((sum, seconds) => sum + seconds, 0);
};

/** C13, Art. 5 (A12, A13): an online meeting has a recording of at least 80 % of its length; a late one still counts, one deleted since does not. */
export const c13Recorded = check(
  '5',
  {
    ro: ['Înregistrată', 'Întâlnirea online are o înregistrare de cel puțin 80 % din durata ei; una sosită târziu contează și ea.'],
    en: ['Recorded', 'An online meeting has a recording of at least 80 % of its length; one that comes late counts as well.'],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    if (held === undefined) return notApplicable(notHeld);
    if (held.fact.data.mode !== 'online') return notApplicable(notOnline, [held]);
    const { startedAt, endedAt, recordingDueAt, policies } = held.fact.data;
    const waiver = first(dossier, 'RecordingWaived');
    const missing = seen(dossier, 'RecordingMissing');
    // Where an old history has both, the waiver excuses nothing.
    if (waiver !== undefined && missing.length === 0) {
      return waived(
        {
          ro: 'Cetățeanul nu a vrut înregistrarea; i s-au oferit alternative.',
          en: 'The citizen objected to the recording; alternatives were offered.',
        },
        [held, waiver],
      );
    }
    const attached = seen(dossier, 'RecordingAttached');
    const withdrawn = seen(dossier, 'RecordingWithdrawn');
    const recorded = secondsRecorded(dossier);
    const length = secondsBetween(startedAt, endedAt);
    const { percent } = policyThen(dossier, 'recording-coverage', policies).value;
    const evidence = [held, ...missing, waiver, ...attached, ...withdrawn];
    if (attached.length > 0 && recorded * 100 >= length * percent) {
      return pass(
        {
          ro: `Înregistrarea acoperă cel puțin ${percent} % din întâlnire.`,
          en: `The recording covers at least ${percent} % of the meeting.`,
        },
        evidence,
      );
    }
    const gone = withdrawn.at(-1);
    if (gone !== undefined) {
      const noticedAt = moment(gone.fact.data.noticedAt);
      return fail(
        {
          ro: `Înregistrarea nu mai este în Webex; s-a văzut la ${noticedAt}.`,
          en: `The recording is no longer on Webex; this was seen at ${noticedAt}.`,
        },
        evidence,
      );
    }
    if (missing.length > 0) return fail({ ro: 'Întâlnirea nu a fost înregistrată.', en: 'The meeting was not recorded.' }, evidence);
    const dueAt = recordingDueAt ?? plusHours(endedAt, policyThen(dossier, 'recording-deadline', policies).value.hours);
    if (dossier.asOf <= dueAt)
      return pending({ ro: 'Înregistrarea este așteptată.', en: 'The recording is awaited.' }, evidence, { failsAt: dueAt });
    return attached.length === 0
      ? fail({ ro: 'Înregistrarea lipsește.', en: 'The recording is missing.' }, evidence)
      : fail(
          {
            ro: `Înregistrarea acoperă mai puțin de ${percent} % din întâlnire.`,
            en: `The recording covers less than ${percent} % of the meeting.`,
          },
          evidence,
        );
  },
);

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
export const c20NothingForgotten = check(
  '8',
  {
    ro: ['Nimic uitat', 'Ce s-a întâmplat cu întâlnirea este înscris în cel mult 2 zile lucrătoare de la ora ei.'],
    en: ['Nothing forgotten', 'What came of the meeting is recorded within 2 working days after its start.'],
  },
  (dossier) => {
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
      return pending(
        { ro: 'Ora a trecut; rezultatul este așteptat.', en: 'The hour has passed; the outcome is awaited.' },
        [waiting.from],
        {
          failsAt: waiting.dueAt,
        },
      );
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
  },
);
