import { defined } from '@tichet-albastru/kernel/defined';
import {
  agreementChannel,
  changeReason,
  companionKind,
  correctedThing,
  counterChannel,
  letterLanguage,
  meetingMode,
} from '../../../domain/ticket/facts';
import { AName, AnInstant, AnEmail, ADate, AnId, Form, OneOf, Phone, Text, Truth } from '../../validation/fields';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import { inBoth } from '../../phrasing/sentences';
import { invalidField } from '../problem/invalid';

export const modes = meetingMode.words;
const locales = letterLanguage.words;
const changeReasons = changeReason.words;
const agreementChannels = agreementChannel.words;
const companions = companionKind.words;
export const channels = counterChannel.words;

/** Art. 3 b: all three, always. */
export class LookupBody {
  @Text({
    max: 40,
    example: '154997',
    description: 'NUMĂR CERERE, as people copy it: 154997, 154.997, nr. 154 997, 154997/425, 154997/04.03.2021, 154997/425/04.03.2021',
  })
  readonly requestNumber!: string;
  @Text({ max: 200, example: 'Lăcătuș Andrei' })
  readonly applicantName!: string;
  @ADate()
  readonly filedOn!: string;
}

export class SlotsQuery {
  @ADate()
  readonly from!: string;
  @ADate()
  readonly to!: string;
  @AnId({ optional: true, description: 'For a rescheduling: the ticket that is to be moved.' })
  readonly ticketId?: string;
  @OneOf(modes, {
    optional: true,
    description: 'Only hours that can be had in this mode. Left out, a ticket that is to be moved has its own.',
  })
  readonly mode?: (typeof modes)[number];
}

/** Art. 3 c–e. */
export class RequestTicketBody {
  @AnInstant()
  readonly startsAt!: string;
  @OneOf(modes)
  readonly mode!: (typeof modes)[number];
  @AnEmail({
    optional: true,
    description: 'Required online, and in person without a phone number; by phone optional. Verified by code always.',
  })
  readonly email?: string;
  @Phone({ optional: true, description: 'Required online and by phone, and in person without an e-mail address.' })
  readonly phone?: string;
  @Text({
    max: 40,
    optional: true,
    example: recordingNotice.version,
    description: 'Required online: the version of the recording notice that was shown and accepted.',
  })
  readonly recordingNoticeVersion?: string;
  @Text({ max: 2000, lines: true, optional: true })
  readonly notes?: string;
  @Truth({
    optional: true,
    description: 'Whoever gave an e-mail address wants to be told, at most once a day, of an earlier hour that became free.',
  })
  readonly earlierHour?: boolean;
  @OneOf(companions, { optional: true, description: 'Who comes for the applicant or with them; `applicants`: the others of several.' })
  readonly companionKind?: (typeof companions)[number];
  @Text({ max: 400, lines: true, optional: true, description: 'Required with `companionKind`.' })
  readonly companionName?: string;
  @Text({ max: 300, optional: true, description: 'What is shown for it, a power of attorney say.' })
  readonly companionShown?: string;
  @OneOf(locales, { optional: true })
  readonly locale?: (typeof locales)[number];
}

/** The body as the use case takes it. @throws HttpProblem `invalid` where only one of kind and name is said */
export const withCompanion = <Body extends CompanionFields>({
  companionKind: kind,
  companionName: name,
  companionShown: shown,
  ...body
}: Body) => {
  if (kind === undefined && name === undefined && shown === undefined) return body;
  if (kind === undefined) throw invalidField('companionKind', inBoth.problems.field.sentences.required);
  if (name === undefined) throw invalidField('companionName', inBoth.problems.field.sentences.required);
  return { ...body, companion: { kind, name, ...defined({ shown }) } };
};
type CompanionFields = {
  readonly companionKind?: (typeof companions)[number];
  readonly companionName?: string;
  readonly companionShown?: string;
};

/** The same by a clerk, with the three data of Art. 3 b. */
export class CounterTicketBody extends RequestTicketBody {
  @Text({ max: 40, example: '154997' })
  readonly requestNumber!: string;
  @Text({ max: 200, example: 'Lăcătuș Andrei' })
  readonly applicantName!: string;
  @ADate()
  readonly filedOn!: string;
  @OneOf(channels)
  readonly channel!: (typeof channels)[number];
  @Text({ max: 300, lines: true, optional: true, description: 'Where there is neither a phone number nor an e-mail address.' })
  readonly postalAddress?: string;
}

export class VerificationBody {
  @Form({ pattern: /^\d{4,9}$/, words: inBoth.api.citizen.codeFromEMail, example: '123456' })
  readonly code!: string;
}

/** A citizen says the hour and the mode; a civil servant also why (A20), and a head perhaps with whom (A3). What is left out stays as it is. */
export class RescheduleBody {
  @AnInstant({ description: 'The hour at which the meeting stands, where only something else changes.' })
  readonly startsAt!: string;
  @OneOf(modes, { optional: true, description: 'Another way to meet; left out, as it is.' })
  readonly mode?: (typeof modes)[number];
  @Text({
    max: 40,
    optional: true,
    example: recordingNotice.version,
    description: 'Required where the meeting becomes one online: the version of the recording notice that the citizen has accepted.',
  })
  readonly recordingNoticeVersion?: string;
  @AName({ optional: true, description: 'Heads only: another person of the department, or the one who has the file; left out, the same.' })
  readonly staffId?: string;
  @OneOf(changeReasons, { optional: true, description: 'Civil servants: required.' })
  readonly reason?: (typeof changeReasons)[number];
  @Text({ max: 1000, lines: true, optional: true, description: 'Required with the reason "other", and where the person changes.' })
  readonly reasonText?: string;
  @Truth({ optional: true, description: 'The citizen agreed, as to an hour sooner than 48 hours; then how and when is said as well.' })
  readonly citizenAgreed?: boolean;
  @OneOf(agreementChannels, { optional: true, description: 'How the citizen agreed.' })
  readonly agreedBy?: (typeof agreementChannels)[number];
  @AnInstant({ optional: true, description: 'When the citizen agreed.' })
  readonly agreedAt?: string;
  @OneOf(channels, { optional: true, description: 'Clerks at the counter: required, how the citizen asked.' })
  readonly channel?: (typeof channels)[number];
}

const correctedThings = correctedThing.words;
export class ObjectionBody {
  @OneOf(correctedThings, { description: 'Of which the newest correction is meant.' })
  readonly correctionOf!: (typeof correctedThings)[number];
  @Text({ max: 2000, lines: true, example: 'Suprafața era scrisă bine întâi.' })
  readonly objection!: string;
}

export class EarlierHourBody {
  @Truth({ example: true, description: 'Whether the citizen wants to be told, at most once a day, of an earlier hour that became free.' })
  readonly wanted!: boolean;
}

/** Either or both; a clerk also says how the citizen asked and what was shown. */
export class ContactBody {
  @AnEmail({ optional: true, description: 'Letters go there once the code is entered that goes there.' })
  readonly email?: string;
  @Phone({ optional: true, description: 'Holds at once.' })
  readonly phone?: string;
  @OneOf(channels, { optional: true, description: 'Clerks at the counter: required, how the citizen asked.' })
  readonly channel?: (typeof channels)[number];
  @Text({ max: 300, optional: true, description: 'Clerks at the counter: required, what was shown for it, an identity card say.' })
  readonly shown?: string;
}

export class CancelBody {
  @OneOf(changeReasons, { optional: true, description: 'Civil servants: required.' })
  readonly reason?: (typeof changeReasons)[number];
  @Text({ max: 1000, lines: true, optional: true })
  readonly reasonText?: string;
  @OneOf(channels, { optional: true, description: 'Clerks at the counter: required, how the citizen asked.' })
  readonly channel?: (typeof channels)[number];
}
