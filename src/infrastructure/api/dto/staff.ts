import type { RecordRecordingInput } from '../../../application/meeting/recordings';
import type { ConfirmedMove } from '../../../application/booking/ways-out';
import { defined } from '@tichet-albastru/kernel/defined';
import {
  AName,
  AnId,
  AnInstant,
  ADate,
  Link,
  ListOf,
  OneOf,
  Text,
  TrueOnly,
  Truth,
  Whole,
  WholeInQuery,
  Week,
} from '../../validation/fields';
import { type LetterChoice, letterChoice, type WeeklyHours } from '../../../domain/staff/facts';
import { agreementChannel, correctedThing, letterLanguage, type Locale, otherMode } from '../../../domain/ticket/facts';
import { inBoth } from '../../phrasing/sentences';
import { invalidField } from '../problem/invalid';

export class PageQuery {
  @WholeInQuery({ from: 1, to: 500, optional: true })
  readonly limit?: number;
  @Text({ max: 1000, optional: true, description: 'The `next` of the page before.' })
  readonly cursor?: string;
}
export class CalendarQuery extends PageQuery {
  @ADate()
  readonly from!: string;
  @ADate()
  readonly to!: string;
  @AName({ optional: true, description: 'Left out: one’s own; for a head, the whole department.' })
  readonly staffId?: string;
}
export class TasksQuery extends PageQuery {
  @AName({ optional: true })
  readonly staffId?: string;
}

export class MeetingLinkBody {
  @Link()
  readonly joinUrl!: string;
  @Text({ max: 200, optional: true })
  readonly meetingId?: string;
}
export class StartBody {
  @AnInstant({ optional: true, description: 'Left out: now.' })
  readonly at?: string;
}
/** One of three: a recording, or why it is missing, or why it was waived (A13). */
export class RecordingBody {
  @Text({ max: 200, optional: true, example: 'r-1' })
  readonly recordingId?: string;
  @Link({ optional: true })
  readonly url?: string;
  @AnInstant({ optional: true, description: 'When it began; required of a recording that is attached.' })
  readonly startedAt?: string;
  @Whole({ from: 1, to: 86_400, optional: true, example: 800 })
  readonly durationSeconds?: number;
  @Text({ max: 1000, lines: true, optional: true })
  readonly missing?: string;
  @Text({ max: 1000, lines: true, optional: true })
  readonly waived?: string;
  @TrueOnly({ optional: true })
  readonly offeredAlternative?: true;
}
const continuedCauses = ['platform', 'connection', 'citizen-device', 'other'] as const;
export class ContinuedBody {
  @OneOf(otherMode.words)
  readonly mode!: (typeof otherMode.words)[number];
  @OneOf(continuedCauses)
  readonly cause!: (typeof continuedCauses)[number];
  @Text({ max: 1000, lines: true, optional: true, description: 'Required for `other`.' })
  readonly reasonText?: string;
  @AnInstant({ optional: true, description: 'From when on; left out: now.' })
  readonly at?: string;
}
export class RecordingDeletedBody {
  @Text({ max: 200, example: 'r-1' })
  readonly recordingId!: string;
  @AnInstant({ optional: true, description: 'When it was deleted, after the time for which it is kept; left out: now.' })
  readonly at?: string;
}
export class HeldBody {
  @AnInstant()
  readonly startedAt!: string;
  @AnInstant({ example: '2026-03-05T08:14:00.000Z' })
  readonly endedAt!: string;
}
const absent = ['citizen', 'staff'] as const;
export class AbsentBody {
  @OneOf(absent)
  readonly who!: (typeof absent)[number];
  @Whole({ from: 0, to: 1440, optional: true, example: 10, description: 'Required for a citizen: at least 10 (A22).' })
  readonly waitedMinutes?: number;
}
export class ResolutionBody {
  @Text({ max: 12_000, lines: true, example: 'Se eliberează autorizația.' })
  readonly conclusions!: string;
  @Text({ max: 100, optional: true })
  readonly documentNumber?: string;
}
const amendmentForms = ['erratum', 'replacement'] as const;
export class AmendedBody extends ResolutionBody {
  @OneOf(amendmentForms, { description: '`erratum`: `conclusions` say what is put right; `replacement`: they are the whole text anew.' })
  readonly form!: (typeof amendmentForms)[number];
  @Text({ max: 1000, lines: true, example: 'Suprafața a fost scrisă greșit.' })
  readonly reason!: string;
}
export class FiledBody {
  @Text({ max: 100, example: '90002', description: 'Of the connected document, as the document system has it.' })
  readonly documentNumber!: string;
}
const recordingSaid = ['attached', 'missing', 'waived'] as const;
export class RecordingTakenBackBody {
  @OneOf(recordingSaid)
  readonly what!: (typeof recordingSaid)[number];
  @Text({ max: 200, optional: true, description: 'Required of a recording that was attached.' })
  readonly recordingId?: string;
  @Text({ max: 1000, lines: true, example: 'Era înregistrarea altei întâlniri.' })
  readonly reason!: string;
}
const correctedThings = correctedThing.words;
export class ObjectionAnsweredBody {
  @OneOf(correctedThings)
  readonly correctionOf!: (typeof correctedThings)[number];
  @Text({ max: 2000, lines: true, example: 'Am verificat planul: sunt 45 m².' })
  readonly answer!: string;
}
const handOverChannels = ['post', 'pickup'] as const;
export class HandedOverBody {
  @OneOf(handOverChannels)
  readonly channel!: (typeof handOverChannels)[number];
  @AnInstant()
  readonly at!: string;
  @Text({ max: 500, example: 'Confirmare de primire nr. 7' })
  readonly proof!: string;
}
export class HandOverTakenBackBody {
  @OneOf(handOverChannels)
  readonly channel!: (typeof handOverChannels)[number];
  @AnInstant({ description: 'When it was said to be handed over.' })
  readonly at!: string;
  @Text({ max: 1000, lines: true, example: 'Era plicul altui tichet.' })
  readonly reason!: string;
}
const noticeChannels = ['phone', 'email', 'post'] as const;
const noticeOutcomes = ['reached', 'voicemail', 'no-answer', 'accepted', 'bounced', 'declined-new-slot', 'posted'] as const;
export class NoticeBody {
  @OneOf(noticeChannels, { description: '`post`: for a ticket with neither a phone number nor an e-mail address.' })
  readonly channel!: (typeof noticeChannels)[number];
  @OneOf(noticeOutcomes)
  readonly outcome!: (typeof noticeOutcomes)[number];
  @ADate({
    optional: true,
    notInExample: true,
    description: 'Required by post of `posted`, and of `bounced`: the day on which the letter was posted.',
  })
  readonly postedOn?: string;
  @Text({
    max: 100,
    optional: true,
    notInExample: true,
    description: 'Of `posted`: the number that the post gave the letter.',
  })
  readonly dispatchNumber?: string;
}
export class ReassignBody {
  @AName()
  readonly staffId!: string;
  @Text({ max: 1000, lines: true, example: 'Concediu' })
  readonly reason!: string;
}
const agreementChannels = agreementChannel.words;
/** A person, a department or both; of the same department always a person. The person who accepts says what is left out. */
export class OfferBody {
  @AName({ optional: true, description: 'To whom; left out, whoever accepts for the department says it.' })
  readonly staffId?: string;
  @AName({ optional: true, notInExample: true, description: 'The code of a department; left out, the person’s own.' })
  readonly departmentCode?: string;
  @AnInstant({ optional: true, description: 'The new hour; left out, whoever accepts says it, or it stays.' })
  readonly startsAt?: string;
  @Text({
    max: 1000,
    lines: true,
    example: 'Dosarul ține de serviciul dumneavoastră.',
    description: 'For the head who is asked; the citizen does not read it.',
  })
  readonly reason!: string;
  @Truth({ optional: true, description: 'The citizen agreed to that hour; then how and when is said as well.' })
  readonly citizenAgreed?: boolean;
  @OneOf(agreementChannels, { optional: true, description: 'How the citizen agreed.' })
  readonly agreedBy?: (typeof agreementChannels)[number];
  @AnInstant({ optional: true, description: 'When the citizen agreed.' })
  readonly agreedAt?: string;
}
export class OfferAcceptedBody {
  @AName({ description: 'Of the offer that is accepted.', example: '019c0000-0001-7000-8000-000000000001' })
  readonly offerId!: string;
  @AName({ optional: true, description: 'Required where the offer names nobody.' })
  readonly staffId?: string;
  @AnInstant({ optional: true, description: 'Where the offer names no hour; left out, the hour stays.' })
  readonly startsAt?: string;
  @Text({
    max: 1000,
    lines: true,
    example: 'Dosarul dumneavoastră este acum la Serviciul Cadastru.',
    description: 'In the letter to the citizen, who does not read the reason of the offer.',
  })
  readonly because!: string;
}
export class OfferDeclinedBody {
  @AName({ description: 'Of the offer that is declined.', example: '019c0000-0001-7000-8000-000000000001' })
  readonly offerId!: string;
  @Text({ max: 1000, lines: true, example: 'Nu ține de serviciul nostru.' })
  readonly reason!: string;
}
export class AbsenceBody {
  @AnInstant()
  readonly from!: string;
  @AnInstant({ example: '2026-03-05T12:00:00.000Z' })
  readonly to!: string;
  @Text({ max: 500, lines: true, example: 'Concediu' })
  readonly reason!: string;
}
export class DepartmentDeputyBody {
  @ADate({ description: 'The first day, whole.' })
  readonly from!: string;
  @ADate({ example: '2026-03-06', description: 'The last day, whole.' })
  readonly to!: string;
}
export class DeputyBody extends DepartmentDeputyBody {
  @AName({ example: 's001', description: 'Of the same department.' })
  readonly deputy!: string;
}
/** In a query: where the meetings of this absence might go. */
export class AbsencePlanQuery {
  @AnInstant()
  readonly from!: string;
  @AnInstant({ example: '2026-03-05T12:00:00.000Z' })
  readonly to!: string;
}
const wayKinds = ['deputy', 'hour'] as const;
export class MoveBody {
  @AnId()
  readonly ticketId!: string;
  @OneOf(wayKinds, {
    description: '`deputy`: to this colleague at its hour; `hour`: to this hour, of the same person or of this colleague.',
  })
  readonly kind!: (typeof wayKinds)[number];
  @AName({ optional: true, description: 'Required for `deputy`.' })
  readonly staffId?: string;
  @AnInstant({ optional: true, description: 'Required for `hour`.' })
  readonly startsAt?: string;
}
const mostMoves = 500;
const toldReasons = ['leave', 'illness', 'technical'] as const;
export class AbsencePlanBody extends AbsenceBody {
  @OneOf(toldReasons, { description: 'A20: what the citizens are told. Of the absence itself they are told nothing else.' })
  readonly because!: (typeof toldReasons)[number];
  @ListOf(MoveBody, { max: mostMoves, description: 'Where each meeting goes; one that is not named stays, as a task.' })
  readonly moves!: readonly MoveBody[];
}
export class DeparturePlanBody {
  @Text({
    max: 1000,
    lines: true,
    example: 'Funcționarul nu mai lucrează în acest serviciu.',
    description: 'A20: what the citizens are told.',
  })
  readonly because!: string;
  @ListOf(MoveBody, { max: mostMoves, description: 'Where each meeting goes; one that is not named stays, as a task.' })
  readonly moves!: readonly MoveBody[];
}
/** In a query; one day is both the first and the last. */
export class MeetingsInPauseQuery {
  @ADate({ description: 'The first day, whole.' })
  readonly from!: string;
  @ADate({ example: '2026-03-06', description: 'The last day, whole.' })
  readonly to!: string;
  @AName({ optional: true, notInExample: true, description: 'Left out: the whole service; a head’s own department alone.' })
  readonly departmentCode?: string;
}
export class PauseBody {
  @ADate({ example: '2026-03-12', description: 'The first day, whole.' })
  readonly from!: string;
  @ADate({ example: '2026-03-13', description: 'The last day, whole.' })
  readonly to!: string;
  @AName({ optional: true, example: '425', description: 'Left out: the whole service, which administrators pause.' })
  readonly departmentCode?: string;
  @Text({ max: 500, lines: true, example: 'Mutăm birourile.', description: 'What citizens read.' })
  readonly textRo!: string;
  @Text({ max: 500, lines: true, example: 'We are moving our offices.', description: 'The same in English.' })
  readonly textEn!: string;
}
export class HoursBody {
  @ADate()
  readonly from!: string;
  @Week()
  readonly week!: WeeklyHours;
}
export class TextReportQuery {
  @Text({ max: 3, example: '1', description: '1: delivered; 2 and 16: not; anything else changes nothing.' })
  readonly status!: string;
}
export class LettersBody {
  @OneOf(letterChoice.words, {
    example: 'digest',
    description: '`digest`: one letter a working day; `single`: one for each thing; `none`: none.',
  })
  readonly choice!: LetterChoice;
  @OneOf(letterLanguage.words)
  readonly locale!: Locale;
}
export class SharedHourBody {
  @AnInstant({ description: 'The start at which the applicant may be in two meetings.' })
  readonly startsAt!: string;
  @Text({ max: 1000, lines: true, example: 'Reprezintă doi solicitanți, la același funcționar' })
  readonly reason!: string;
}
export class LateAdmissionBody {
  @Text({ max: 1000, lines: true, example: 'Termenul a fost greșit comunicat' })
  readonly reason!: string;
  @ADate({ example: '2026-03-20' })
  readonly until!: string;
}

/** What was confirmed for each meeting. @throws HttpProblem `invalid` when the person or the hour is missing */
export const confirmedMovesOf = (moves: readonly { readonly [F in keyof MoveBody]: MoveBody[F] }[]): readonly ConfirmedMove[] =>
  moves.map(({ ticketId, kind, staffId, startsAt }, index) => {
    const missing = (field: string) => invalidField(`moves.${String(index)}.${field}`, inBoth.api.invalid.moveIncomplete);
    if (kind === 'hour') {
      if (startsAt === undefined) throw missing('startsAt');
      return { ticketId, kind, startsAt, ...defined({ staffId }) };
    }
    if (staffId === undefined) throw missing('staffId');
    return { ticketId, kind, staffId };
  });

/** Its fields; how they came together does not matter here. */
type Fields = { readonly [F in keyof RecordingBody]: RecordingBody[F] };

/** The one of three forms that the body has. @throws HttpProblem `invalid` when it is none, or more than one */
export const recordingOf = (body: Fields): RecordRecordingInput['recording'] => {
  const { recordingId, durationSeconds, url, startedAt, missing, waived, offeredAlternative } = body;
  const forms = [recordingId, missing, waived].filter((form) => form !== undefined);
  if (forms.length !== 1) {
    throw invalidField('body', inBoth.api.invalid.exactlyOne);
  }
  if (missing !== undefined) return { kind: 'missing', reason: missing };
  if (waived !== undefined) return { kind: 'waived', reason: waived, offeredAlternative: offeredAlternative === true };
  if (recordingId === undefined || durationSeconds === undefined) {
    throw invalidField('durationSeconds', inBoth.api.invalid.duration);
  }
  return {
    kind: 'attached',
    recordingId,
    durationSeconds,
    ...defined({ url, startedAt }),
  };
};

export class CalendarAddressBody {
  @Text({
    max: 2000,
    example: 'https://calendar.primaria.example/s002.ics',
    description: 'https:// or webcal://, of a host that the installation permits.',
  })
  readonly url!: string;
}

const actions = ['failed', 'delayed'] as const;

/** What a provider tells of one of our letters; a small script at the provider's side puts its own words into these. */
export class BounceBody {
  @Text({
    max: 400,
    example: '01890a5d-ac96-774b-bcce-b302099a8057@primaria.example',
    description: 'The Message-ID of the letter, or the id before its @.',
  })
  readonly messageId!: string;
  @Text({ max: 320, example: 'andrei@exemplu.ro', description: 'The address to which it did not get.' })
  readonly recipient!: string;
  @OneOf(actions, { description: '`delayed` changes nothing.' })
  readonly action!: (typeof actions)[number];
}
