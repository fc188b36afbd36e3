import { endOfWorkingDayAfter } from '../calendar/working-days';
import { isBlank } from '../kernel/blank';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import { linkDeadline } from '../ticket/deadlines';
import type { AcceptedNotice, Mode } from '../ticket/facts';
import { recordingKeptUntil } from '../ticket/recording';
import { minutesBetween, plusHours, plusMinutes, secondsBetween } from '../time/civil-time';
import { slotMinutes } from '../time/slot';
import {
  after,
  arrangement,
  type Arrangement,
  choicesOfMode,
  type Dossier,
  first,
  last,
  type Placement,
  placements,
  seen,
  type Seen,
} from './case-file';
import {
  check,
  dueMoment,
  fail,
  lengthOf,
  moment,
  notApplicable,
  notHeld,
  notOnline,
  pass,
  pending,
  restingOn,
  waived,
  warn,
} from './check';
import { gradeOf } from './grades';
import { calendarAt, calendarThen, policyThen } from './in-force';
import { isMissed, type Owed } from './owed';

type Choice = ReturnType<typeof choicesOfMode>[number];

/** The notice that was accepted with this choice of the mode, or else before. */
const acceptedUntil = (choices: readonly Choice[], choice: Choice): AcceptedNotice | undefined =>
  choices
    .slice(0, choices.indexOf(choice) + 1)
    .flatMap(({ fact }) => fact.data.recordingNotice ?? [])
    .at(-1);

const noticeInForce = (dossier: Dossier): AcceptedNotice | undefined => {
  const choices = choicesOfMode(dossier);
  const last = choices.at(-1);
  return last && acceptedUntil(choices, last);
};

/** Art. 3 d: in which way the meeting was to be held in the end. */
const modeChosen = (dossier: Dossier): Mode | undefined => choicesOfMode(dossier).at(-1)?.fact.data.mode;

/** C07, Art. 5 (A14): a citizen who chose `online` had accepted the recording notice before the meeting started. */
export const c07ToldAboutRecording = check(
  '5',
  {
    ro: ['Anunțat despre înregistrare', 'Cine a ales online a acceptat nota despre înregistrare înainte de începerea întâlnirii.'],
    en: ['Told about the recording', 'Whoever chose online accepted the recording notice before the meeting started.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    const choices = choicesOfMode(dossier);
    const online = choices.filter(({ fact }) => fact.data.mode === 'online');
    if (requested === undefined || online.length === 0) return notApplicable(notOnline, [requested]);
    const started = first(dossier, 'MeetingStarted') ?? first(dossier, 'Held');
    const formAt = requested.fact.data.requestedAt;
    for (const choice of online) {
      const { requestedAt } = choice.fact.data;
      const notice = acceptedUntil(choices, choice);
      if (notice === undefined || isBlank(notice.version)) {
        return fail({ ro: 'Nota despre înregistrare nu a fost acceptată.', en: 'The recording notice was not accepted.' }, [choice]);
      }
      // A14: it is accepted where `online` is chosen: with the form, or with the change, at the latest, and not in an earlier life.
      const isOfTheForm = notice.acceptedAt <= requestedAt && notice.acceptedAt >= plusHours(formAt, -24);
      if (!isOfTheForm || (started !== undefined && notice.acceptedAt > started.fact.data.startedAt))
        return fail(
          {
            ro: `Nota despre înregistrare a fost acceptată la ${moment(notice.acceptedAt)}, nu odată cu cererea.`,
            en: `The recording notice was accepted at ${moment(notice.acceptedAt)}, and not with the form.`,
          },
          [choice, started],
        );
    }
    return pass({ ro: 'Nota despre înregistrare a fost acceptată înainte.', en: 'The recording notice was accepted beforehand.' }, [
      ...online,
      started,
    ]);
  },
);

/**
 * The links that were given for where the meeting stands, the newest last: after the fact that put it there, for its hour. A link of the
 * person before, or of the hour before, is dead, and so is one of a meeting that was removed.
 */
const linksFor = (dossier: Dossier, place: Arrangement): readonly Seen<'MeetingLinkAttached'>[] => {
  const since = after(dossier, place);
  const { startsAt } = place.fact.data.slot;
  const gone = last(since, 'MeetingRemoved');
  return seen(since, 'MeetingLinkAttached').filter(
    (link) =>
      link.fact.data.slot.startsAt === startsAt &&
      (gone === undefined || gone.fact.data.removedAt > startsAt || since.ticket.indexOf(gone) < since.ticket.indexOf(link)),
  );
};

/** Which invitations with this link, for the hour where the meeting stands, were accepted and did not come back. */
const standing = (dossier: Dossier, place: Arrangement, link: Seen<'MeetingLinkAttached'>): readonly Seen<'InvitationSent'>[] => {
  const bounced = new Set(seen(dossier, 'InvitationBounced').map(({ fact }) => fact.data.letterId));
  return seen(after(dossier, link), 'InvitationSent').filter(
    ({ fact: { data } }) =>
      data.withLink &&
      data.slot.startsAt === place.fact.data.slot.startsAt &&
      data.acceptedAt >= link.fact.data.attachedAt &&
      !bounced.has(data.letterId),
  );
};

/** The meeting left its hour before that hour came. */
const leftBefore = (dossier: Dossier, place: Arrangement): boolean =>
  seen({ ticket: dossier.ticket.slice(dossier.ticket.indexOf(place)) }, 'Cancelled', 'StaffAbsent').some(
    ({ recordedAt }) => recordedAt <= place.fact.data.slot.startsAt,
  );

type InvitationWithLink = Seen<'InvitationSent'>;

/**
 * What C11 asks: an invitation with the link for where the meeting stands, `invitation-lead` before its start. Where the meeting was put
 * there so late that no new link could be there by then, the invitation is owed until the end of the hour. So it is where the citizen had
 * another link in time. Where nothing was held on Webex, no citizen waited behind the link in vain. `undefined`: none is owed, for it is
 * not online or was called off before its hour.
 */
const linkOf = (dossier: Dossier) => {
  const place = arrangement(dossier);
  if (modeChosen(dossier) !== 'online' || place === undefined || leftBefore(dossier, place)) return undefined;
  const { slot } = place.fact.data;
  const { hours } = policyThen(dossier, 'invitation-lead').value;
  const dueAt = plusHours(slot.startsAt, -hours);
  const links = linksFor(dossier, place);
  const sentWith = links.map((link) => standing(dossier, place, link));
  const isInTime = ({ fact }: InvitationWithLink): boolean => fact.data.acceptedAt <= dueAt;
  const newest = sentWith.at(-1) ?? [];
  const inTime = newest.find(isInTime);
  const sent = inTime ?? newest[0];
  const neverOnline = first(dossier, 'ContinuedOtherwise')?.fact.data.wasOnline === false;
  const deadline = linkDeadline(slot, hours, place.recordedAt, sentWith.flat().some(isInTime) || neverOnline);
  return {
    place,
    links,
    sentWith,
    sent,
    inTime,
    neverOnline,
    owed: { since: place.recordedAt, ...deadline, ...defined({ doneAt: sent?.fact.data.acceptedAt }) },
  };
};

type LinkOwed = Owed & { readonly place: Arrangement; readonly links: readonly Seen<'MeetingLinkAttached'>[] };

/** Art. 5 (C11): the link reaches the citizen in time. Not owed any more where nothing was held on Webex. `place`: where the meeting stands. */
export const linkOwed = (dossier: Dossier): LinkOwed | undefined => {
  const link = linkOf(dossier);
  if (link === undefined || (link.sent === undefined && link.neverOnline)) return undefined;
  return { ...link.owed, place: link.place, links: link.links };
};

/** C11, Art. 5 (R3.5): the invitation with the link for the current slot was accepted at least one hour before the start, and did not bounce. */
export const c11LinkInTime = check(
  '5',
  {
    ro: ['Linkul la timp', 'Invitația cu linkul pentru ora și persoana de acum a plecat cu cel puțin o oră înainte și nu s-a întors.'],
    en: ['Link in time', 'The invitation with the link for the current slot and person left at least one hour ahead and did not bounce.'],
  },
  (dossier) => {
    const place = arrangement(dossier);
    if (modeChosen(dossier) !== 'online' || place === undefined) return notApplicable(notOnline);
    const link = linkOf(dossier);
    if (link === undefined)
      return notApplicable({ ro: 'Întâlnirea a fost anulată înainte de oră.', en: 'The meeting was called off before its hour.' }, [place]);
    const { startsAt } = place.fact.data.slot;
    if (dossier.asOf <= startsAt)
      return notApplicable({ ro: 'Ora întâlnirii nu a trecut.', en: 'The hour of the meeting has not passed.' }, [place], {
        appliesAt: startsAt,
      });
    const { links, sentWith, sent, inTime, neverOnline, owed } = link;
    if (inTime !== undefined)
      return pass({ ro: 'Linkul a ajuns cu cel puțin o oră înainte.', en: 'The link arrived at least one hour ahead.' }, [
        place,
        links.at(-1),
        inTime,
      ]);
    if (sent === undefined && neverOnline)
      return warn(
        {
          ro: 'Invitația cu link nu a ajuns la cetățean; întâlnirea s-a ținut altfel.',
          en: 'No invitation with the link reached the citizen; the meeting was held otherwise.',
        },
        [place, ...links, ...seen(dossier, 'InvitationBounced', 'ContinuedOtherwise')],
      );
    if (sent === undefined)
      return fail({ ro: 'Invitația cu link nu a ajuns la cetățean.', en: 'No invitation with the link reached the citizen.' }, [
        place,
        ...links,
        ...seen(dossier, 'InvitationBounced'),
      ]);
    const { acceptedAt } = sent.fact.data;
    const evidence = [place, links.at(-1), ...sentWith.flat()];
    const text = {
      ro: `Invitația cu link a plecat abia la ${moment(acceptedAt)}.`,
      en: `The invitation with the link left only at ${moment(acceptedAt)}.`,
    };
    return isMissed(owed, dossier.asOf) ? fail(text, evidence) : warn(text, evidence);
  },
  'webex',
);

type Recording = Pick<Seen<'RecordingAttached'>['fact']['data'], 'startedAt' | 'durationSeconds'> & {
  readonly id: string;
  readonly grade: Grade;
};

/** What was recorded and is there, or was deleted once its time was over; attached twice it counts once, as it was said last. */
const recordingsOf = (dossier: Pick<Dossier, 'ticket'>, keptUntil: Instant | undefined): readonly Recording[] => {
  const recordings = new Map<string, Recording>();
  for (const { id, fact } of seen(dossier, 'RecordingAttached', 'RecordingWithdrawn', 'RecordingDeleted')) {
    const { recordingId } = fact.data;
    if (fact.type === 'RecordingAttached') {
      const { startedAt, durationSeconds } = fact.data;
      recordings.set(recordingId, { id, grade: gradeOf(fact), durationSeconds, ...defined({ startedAt }) });
      continue;
    }
    const goneAt = fact.type === 'RecordingWithdrawn' ? fact.data.noticedAt : fact.data.deletedAt;
    if (keptUntil === undefined || goneAt < keptUntil) recordings.delete(recordingId);
  }
  return [...recordings.values()];
};

type Window = { readonly from: Instant; readonly to: Instant };

/** Seconds of the meeting that were recorded: what two recordings share counts once, and what lies outside of it not at all. */
const secondsCovered = (recordings: readonly Recording[], { from, to }: Window): number => {
  const pieces = recordings
    .flatMap(({ startedAt, durationSeconds }) =>
      startedAt === undefined ? [] : [[secondsBetween(from, startedAt), secondsBetween(from, startedAt) + durationSeconds] as const],
    )
    .toSorted(([one], [other]) => one - other);
  const length = secondsBetween(from, to);
  let [covered, reached] = [0, 0];
  for (const [start, end] of pieces) {
    const until = Math.min(end, length);
    covered += Math.max(0, until - Math.max(start, reached));
    reached = Math.max(reached, until);
  }
  return covered;
};

/** Old recordings do not say when they began: their length counts, and no more than that is sure. */
const secondsWithoutStart = (recordings: readonly Recording[]): number =>
  recordings.reduce((sum, { startedAt, durationSeconds }) => sum + (startedAt === undefined ? durationSeconds : 0), 0);

/** Art. 3 d: held in another way than the citizen asked for, and no fact says why. */
const isHeldOtherwise = (dossier: Dossier, held: Seen<'Held'>): boolean => {
  const asked = modeChosen(dossier) ?? held.fact.data.mode;
  return asked !== held.fact.data.mode && (asked === 'online' || held.fact.data.mode === 'online');
};

/** That they went on otherwise counts for nothing where Webex saw the whole meeting, or all of it is said to be elsewhere and Webex saw something. */
const isDisproved = ({ fact }: Seen<'ContinuedOtherwise'>, dossier: Dossier, held: Seen<'Held'>): boolean => {
  const started = first(dossier, 'MeetingStarted');
  const wasSeen = seen(dossier, 'RecordingAttached').length > 0 || (started !== undefined && gradeOf(started.fact) === 'observed');
  return gradeOf(held.fact) === 'observed' || (fact.data.continuedAt <= held.fact.data.startedAt && wasSeen);
};

/** How much of an online meeting was to be recorded, and what of it is. */
const coverageOf = (dossier: Dossier, held: Seen<'Held'>) => {
  const { startedAt, endedAt, recordingDueAt, policies } = held.fact.data;
  const said = first(dossier, 'ContinuedOtherwise');
  const continued = said === undefined || isDisproved(said, dossier, held) ? undefined : said;
  const onlineUntil = continued === undefined || continued.fact.data.continuedAt > endedAt ? endedAt : continued.fact.data.continuedAt;
  const online = { from: startedAt, to: onlineUntil };
  const { percent } = policyThen(dossier, 'recording-coverage', policies).value;
  const wanted = secondsBetween(online.from, online.to) * percent;
  const isEnough = (some: readonly Recording[], further = 0): boolean =>
    some.length > 0 && (secondsCovered(some, online) + further) * 100 >= wanted;
  const keptUntil = recordingKeptUntil(noticeInForce(dossier), endedAt);
  const recordingsIn = (then: Pick<Dossier, 'ticket'>): readonly Recording[] => recordingsOf(then, keptUntil);
  const computed = plusHours(endedAt, policyThen(dossier, 'recording-deadline', policies).value.hours);
  const limitAt = recordingDueAt !== undefined && recordingDueAt < computed ? recordingDueAt : computed;
  return {
    said,
    continued,
    isNever: continued !== undefined && onlineUntil <= startedAt,
    online,
    percent,
    isEnough,
    recordingsIn,
    limitAt,
  };
};

/** The citizen objected. Where an old history has both, the waiver excuses nothing. */
const waiverOf = (dossier: Dossier): Seen<'RecordingWaived'> | undefined =>
  seen(dossier, 'RecordingMissing').length === 0 ? first(dossier, 'RecordingWaived') : undefined;

/**
 * Art. 5 (C13): what was held on Webex is recorded. Done with the piece that makes it enough, however late; lost where a person says that
 * there is none, or it is gone before its time. Not owed where nothing was held on Webex, or the citizen objected.
 */
export const recordingOwed = (dossier: Dossier): Owed | undefined => {
  const held = first(dossier, 'Held');
  if (held?.fact.data.mode !== 'online' || waiverOf(dossier) !== undefined) return undefined;
  const { isNever, isEnough, recordingsIn, limitAt } = coverageOf(dossier, held);
  if (isNever) return undefined;
  const owed = { since: held.fact.data.endedAt, limitAt };
  const isDone = (then: Pick<Dossier, 'ticket'>): boolean => {
    const recordings = recordingsIn(then);
    return isEnough(recordings, secondsWithoutStart(recordings));
  };
  if (isDone(dossier)) {
    const pieces = seen(dossier, 'RecordingAttached');
    const enough = pieces.find((piece) => isDone({ ticket: dossier.ticket.slice(0, dossier.ticket.indexOf(piece) + 1) }));
    return { ...owed, ...defined({ doneAt: (enough ?? pieces.at(-1))?.fact.data.attachedAt }) };
  }
  const lost = last(dossier, 'RecordingMissing', 'RecordingWithdrawn')?.fact;
  return { ...owed, ...defined({ lostAt: lost?.type === 'RecordingMissing' ? lost.data.reportedAt : lost?.data.noticedAt }) };
};

/** C13, Art. 5 (A12, A13): an online meeting has a recording of at least 80 % of its length; a late one still counts, one deleted before its time does not. */
export const c13Recorded = check(
  '5',
  {
    ro: [
      'Înregistrată',
      'Din întâlnirea online, cât s-a ținut pe Webex, este înregistrată cel puțin 80 %; o înregistrare sosită târziu contează și ea, una ștearsă înainte de termenul ei nu.',
    ],
    en: [
      'Recorded',
      'Of an online meeting, as long as it was held on Webex, at least 80 % is recorded; a recording that comes late counts as well, one deleted before its time does not.',
    ],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    if (held === undefined) return notApplicable(notHeld);
    const requested = first(dossier, 'Requested');
    if (isHeldOtherwise(dossier, held)) {
      return fail(
        {
          ro: 'Întâlnirea este înscrisă ca ținută altfel decât s-a cerut.',
          en: 'The meeting is recorded as held in another way than was asked for.',
        },
        [requested, held],
      );
    }
    if (held.fact.data.mode !== 'online') return notApplicable(notOnline, [held]);
    const waiver = waiverOf(dossier);
    const missing = seen(dossier, 'RecordingMissing');
    if (waiver !== undefined) {
      return waived(
        {
          ro: 'Cetățeanul nu a vrut înregistrarea; i s-au oferit alternative.',
          en: 'The citizen objected to the recording; alternatives were offered.',
        },
        [held, waiver],
      );
    }
    const attached = seen(dossier, 'RecordingAttached');
    const { said, continued, isNever, online, percent, isEnough, recordingsIn, limitAt: dueAt } = coverageOf(dossier, held);
    if (isNever) {
      const never = { ro: 'Nimic nu s-a ținut pe Webex: s-a continuat altfel.', en: 'Nothing was held on Webex: it went on otherwise.' };
      return restingOn(pass(never, [held, continued]), [continued]);
    }
    const gone = seen(dossier, 'RecordingWithdrawn', 'RecordingDeleted');
    const recordings = recordingsIn(dossier);
    const evidence = dossier.ticket.filter((event) =>
      [held, said, ...missing, first(dossier, 'RecordingWaived'), ...attached, ...gone, ...seen(dossier, 'RecordingTakenBack')].some(
        (one) => one?.id === event.id,
      ),
    );
    if (isEnough(recordings)) {
      const enough = {
        ro: `Înregistrarea acoperă cel puțin ${percent} % din întâlnire.`,
        en: `The recording covers at least ${percent} % of the meeting.`,
      };
      // What Webex itself shows needs no person’s word beside it where it would be enough for the fifteen minutes of Art. 6; for a shorter
      // meeting it rests on who says how long they met.
      const shown = recordings.filter(({ grade }) => grade === 'observed');
      const isLong = secondsCovered(shown, online) * 100 >= slotMinutes * 60 * percent;
      return restingOn(pass(enough, evidence), [...(isEnough(shown) ? shown : recordings), ...(isLong ? [] : [held]), continued]);
    }
    if (isEnough(recordings, secondsWithoutStart(recordings))) {
      const long = {
        ro: `Înregistrarea durează cel puțin ${percent} % cât întâlnirea; când a început nu se știe.`,
        en: `The recording is at least ${percent} % as long as the meeting; when it began is not known.`,
      };
      return restingOn(warn(long, evidence), [...recordings, continued]);
    }
    const last = gone.at(-1)?.fact;
    if (last?.type === 'RecordingWithdrawn') {
      const noticedAt = moment(last.data.noticedAt);
      return fail(
        {
          ro: `Înregistrarea nu mai este în Webex; s-a văzut la ${noticedAt}.`,
          en: `The recording is no longer on Webex; this was seen at ${noticedAt}.`,
        },
        evidence,
      );
    }
    if (missing.length > 0) return fail({ ro: 'Întâlnirea nu a fost înregistrată.', en: 'The meeting was not recorded.' }, evidence);
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
  'webex',
);

/** A stay of the ticket at an hour: what put it there, until when an outcome is due, and what came of it. */
type Stay = Owed & {
  readonly from: Seen<'Requested'> | Seen<'Scheduled' | 'Rescheduled'>;
  readonly outcome: Seen<'Rescheduled' | 'Held' | 'CitizenAbsent' | 'StaffAbsent' | 'Cancelled' | 'Lapsed'> | undefined;
};

/** Never later than the policy and the calendar make it, even where another date was written down. */
const dueAfter = (dossier: Dossier, from: Stay['from']): Instant => {
  const { fact } = from;
  const {
    slot: { startsAt },
  } = fact.data;
  if (fact.type === 'Requested')
    return endOfWorkingDayAfter(calendarAt(dossier, startsAt), startsAt, policyThen(dossier, 'outcome-deadline').value.workingDays);
  const { outcomeDueAt, policies } = fact.data;
  const { workingDays } = policyThen(dossier, 'outcome-deadline', policies).value;
  const dueAt = endOfWorkingDayAfter(calendarThen(dossier, from), startsAt, workingDays);
  return dueAt < outcomeDueAt ? dueAt : outcomeDueAt;
};

/**
 * A19, A22, A23: an absence before the hour, before the wait that is owed was over, or of a person with whom the meeting went on otherwise;
 * a meeting that the citizen cancelled when its hour had come.
 */
const cannotBe = (dossier: Dossier, { from, outcome }: Stay): boolean => {
  if (outcome === undefined) return false;
  const {
    slot: { startsAt },
  } = from.fact.data;
  const { fact } = outcome;
  switch (fact.type) {
    case 'CitizenAbsent': {
      const { waitedMinutes, absentAt, policies } = fact.data;
      const owed = policies?.find((stamp) => stamp.name === 'absence-wait')?.value.minutes ?? 0;
      const met = first(dossier, 'ContinuedOtherwise') !== undefined;
      return met || waitedMinutes < owed || waitedMinutes > minutesBetween(startsAt, absentAt);
    }
    case 'StaffAbsent':
      return fact.data.absentAt < startsAt;
    case 'Cancelled':
      return fact.data.by === 'citizen' && fact.data.cancelledAt >= startsAt;
    default:
      return false;
  }
};

const staysOf = (dossier: Dossier): readonly Stay[] => {
  const scheduled = seen(dossier, 'Scheduled', 'Rescheduled');
  const placed = scheduled.length > 0 ? scheduled : seen(dossier, 'Requested');
  return placed.map((from) => {
    const outcome = first(after(dossier, from), 'Rescheduled', 'Held', 'CitizenAbsent', 'StaffAbsent', 'Cancelled', 'Lapsed');
    const { startsAt: since } = from.fact.data.slot;
    return { from, since, limitAt: dueAfter(dossier, from), outcome, ...defined({ doneAt: outcome?.recordedAt }) };
  });
};

/** Art. 8 (C20): of every hour that came, what became of it is recorded. An hour that was left before it came needs no outcome. */
export const outcomesOwed = (dossier: Dossier): readonly Stay[] =>
  staysOf(dossier).filter(({ since, doneAt }) => doneAt === undefined || doneAt > since);

/** C20, Art. 8: once the start has passed, what came of the meeting is recorded within two working days. */
export const c20NothingForgotten = check(
  '8',
  {
    ro: [
      'Nimic uitat',
      'Ce s-a întâmplat cu întâlnirea este înscris în cel mult 2 zile lucrătoare de la ora ei; o absență, după ora ei și după așteptare.',
    ],
    en: [
      'Nothing forgotten',
      'What came of the meeting is recorded within 2 working days after its start; an absence after its hour and after a wait.',
    ],
  },
  (dossier) => {
    const stays = staysOf(dossier);
    const untrue = stays.find((stay) => cannotBe(dossier, stay));
    if (untrue !== undefined) {
      const hour = moment(untrue.from.fact.data.slot.startsAt);
      return fail(
        {
          ro: `Ce s-a înscris nu poate fi adevărat despre o întâlnire de la ${hour}: absență prea devreme sau a cuiva cu care s-a vorbit, anulare prea târziu.`,
          en: `What was recorded cannot be true of a meeting at ${hour}: an absence too early or of somebody who was there, or a cancelling too late.`,
        },
        [untrue.from, untrue.outcome],
      );
    }
    const due = outcomesOwed(dossier).filter(({ since, doneAt }) => (doneAt ?? dossier.asOf) > since);
    const forgotten = due.find((stay) => isMissed(stay, dossier.asOf));
    if (forgotten !== undefined) {
      const by = dueMoment(forgotten.limitAt);
      return fail({ ro: `Nu s-a înscris nimic până la ${by}.`, en: `Nothing was recorded by ${by}.` }, [forgotten.from, forgotten.outcome]);
    }
    const waiting = due.find(({ outcome }) => outcome === undefined);
    if (waiting !== undefined) {
      return pending(
        { ro: 'Ora a trecut; rezultatul este așteptat.', en: 'The hour has passed; the outcome is awaited.' },
        [waiting.from],
        {
          failsAt: waiting.limitAt,
        },
      );
    }
    const absent = stays.find(({ outcome }) => outcome?.fact.type === 'CitizenAbsent')?.outcome;
    const shown = seen(dossier, 'RecordingAttached').filter(({ fact }) => gradeOf(fact) === 'observed');
    if (absent !== undefined && shown.length > 0)
      return warn(
        {
          ro: 'Cetățeanul este înscris ca absent, dar Webex are o înregistrare a întâlnirii.',
          en: 'The citizen is recorded as absent, but Webex has a recording of the meeting.',
        },
        [absent, ...shown],
      );
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

const toTheMinute = (instant: Instant): string => instant.slice(0, 16);

/** What of the meeting's times cannot be true together: its hour as two facts tell it, its start, its end and when it was recorded. */
const impossibleTimes = (place: Placement, started: Seen<'MeetingStarted'> | undefined, held: Seen<'Held'>): boolean => {
  const { startedAt, endedAt, slot } = held.fact.data;
  const hours = [slot, ...(started === undefined ? [] : [started.fact.data.slot])];
  return (
    endedAt <= startedAt ||
    endedAt > held.recordedAt ||
    // a talk may begin later than the meeting, with a citizen who comes late, and never before it; who types a time types its minute
    (started !== undefined && toTheMinute(startedAt) < toTheMinute(started.fact.data.startedAt)) ||
    hours.some(({ startsAt }) => startsAt !== place.fact.data.slot.startsAt)
  );
};

/** C22, Art. 3 c and 6 (A15, A18): held on the day and at the hour that it was booked for; a length that no such meeting has is told. */
export const c22HeldInSlot = check(
  '3 c',
  {
    ro: [
      'La ora stabilită',
      'Întâlnirea a fost programată când a cerut cetățeanul și a început în ziua și la ora ei, cel mult 30 de minute mai târziu; o durată sub 2 minute sau peste o oră e o atenționare.',
    ],
    en: [
      'At its hour',
      'The meeting was booked when the citizen asked for it and began on its day and at its hour, at most 30 minutes later; less than 2 minutes or more than an hour is a warning.',
    ],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    const scheduled = first(dossier, 'Scheduled');
    if (requested !== undefined && scheduled !== undefined && scheduled.fact.data.slot.startsAt !== requested.fact.data.slot.startsAt)
      return fail({ ro: 'Programat la altă oră decât cea cerută.', en: 'Scheduled at another hour than was asked for.' }, [
        requested,
        scheduled,
      ]);
    const held = first(dossier, 'Held');
    const place = placements(dossier).at(-1);
    if (held === undefined || place === undefined) return notApplicable(notHeld);
    const started = first(dossier, 'MeetingStarted');
    const evidence = [place, started, held];
    if (impossibleTimes(place, started, held))
      return fail(
        { ro: 'Orele înscrise ale întâlnirii se contrazic.', en: 'The recorded times of the meeting contradict each other.' },
        evidence,
      );
    const { startedAt, endedAt, policies } = held.fact.data;
    const { startsAt } = place.fact.data.slot;
    const { startMinutes, shortestMinutes, longestMinutes } = policyThen(dossier, 'slot-tolerance', policies).value;
    if (startedAt < startsAt || startedAt > plusMinutes(startsAt, startMinutes))
      return fail(
        {
          ro: `Întâlnirea de la ${moment(startsAt)} a început la ${moment(startedAt)}.`,
          en: `The meeting of ${moment(startsAt)} began at ${moment(startedAt)}.`,
        },
        evidence,
      );
    const seconds = secondsBetween(startedAt, endedAt);
    return seconds < shortestMinutes * 60 || seconds > longestMinutes * 60
      ? warn({ ro: `Întâlnirea a durat ${lengthOf(seconds)}.`, en: `The meeting lasted ${lengthOf(seconds)}.` }, evidence)
      : pass({ ro: 'Întâlnirea a fost la ora ei.', en: 'The meeting was at its hour.' }, evidence);
  },
);
