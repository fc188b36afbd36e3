import { answerChannel, disputeDecision, requestStatus } from '../../domain/request/facts';
import { parkedId } from '../../application/operation/parked-groups';
import { longestReason } from '../../application/operation/skip-parked';
import { restrictionGround } from '../../domain/ticket/facts';
import { staffRole } from '../../domain/staff/facts';
import { AName, AnEmail, ADate, Form, OneOf, Text, Whole } from './fields';
import { inBoth } from '../phrasing/sentences';

export const staffRoles = staffRole.words;
export const requestStatuses = requestStatus.words;
const answerChannels = answerChannel.words;
const applicantChanges = ['corrected'] as const;
const disputeDecisions = disputeDecision.words;
const code = { pattern: /^\d{1,6}$/, words: inBoth.validation.administration.code, example: '425' };

export class StaffBody {
  @Text({ max: 200, example: 'Zoltán Marc' })
  readonly name!: string;
  @OneOf(staffRoles)
  readonly role!: (typeof staffRoles)[number];
  @Text({ max: 200, example: 'Autorizări' })
  readonly department!: string;
  @Form(code)
  readonly departmentCode!: string;
  @AnEmail()
  readonly email!: string;
}
export class LeftBody {
  @ADate({ description: 'The first day on which the person is no longer there.' })
  readonly on!: string;
}
export class RequestBody {
  @Text({ max: 200, example: 'Lăcătuș Andrei' })
  readonly applicantName!: string;
  @OneOf(applicantChanges, {
    optional: true,
    description: 'Another name is the same applicant’s: a mistake, a marriage. Without it a wholly different name is a dispute (A29).',
  })
  readonly applicantChange?: (typeof applicantChanges)[number];
  @Text({ max: 200, optional: true })
  readonly department?: string;
  @Form({ ...code, optional: true })
  readonly departmentCode?: string;
  @Text({ max: 500, optional: true })
  readonly subject?: string;
  @AName()
  readonly handlerStaffId!: string;
  @OneOf(requestStatuses)
  readonly status!: (typeof requestStatuses)[number];
}
export class AnswerBody {
  @Text({ max: 100, example: '90001' })
  readonly documentNumber!: string;
  @ADate()
  readonly communicatedOn!: string;
  @OneOf(answerChannels)
  readonly channel!: (typeof answerChannels)[number];
  @AName({ optional: true, description: 'Left out: the handler.' })
  readonly answeredBy?: string;
}
const mistakes = ['corrected', 'withdrawn'] as const;
/** Of an answer that the register had told with a mistake. */
export class MistakenAnswerBody extends AnswerBody {
  @OneOf(mistakes, { optional: true })
  readonly mistake?: (typeof mistakes)[number];
  @Text({ max: 100, optional: true })
  readonly ofDocument?: string;
  @Text({ max: 1000, lines: true, optional: true })
  readonly reason?: string;
}
export class AnswerCorrectedBody extends AnswerBody {
  @Text({ max: 100, example: '90001', description: 'The number under which the answer stands.' })
  readonly ofDocument!: string;
  @Text({ max: 1000, lines: true, example: 'Ziua a fost scrisă greșit.' })
  readonly reason!: string;
}
export class AnswerWithdrawnBody {
  @Text({ max: 100, example: '90001', description: 'The number under which the answer stands.' })
  readonly ofDocument!: string;
  @Text({ max: 1000, lines: true, example: 'Răspunsul era la altă cerere.' })
  readonly reason!: string;
}
export class DisputeBody {
  @OneOf(disputeDecisions, { description: '`kept`: of whom it was registered for; `corrected`: of whom the register told since.' })
  readonly decision!: (typeof disputeDecisions)[number];
  @Text({ max: 1000, lines: true, example: 'În dosar este cererea primului solicitant' })
  readonly reason!: string;
}
export class DayBody {
  @ADate()
  readonly date!: string;
  @Text({ max: 300, example: 'Dispoziția nr. 12 din 20.02.2026', description: 'The dated decision that declares it.' })
  readonly decision!: string;
}
/** What somebody who confirms has seen. */
export class RetentionBody {
  @Whole({ from: 0, to: 1_000_000_000, description: 'How many were due when you looked: `total`.', example: 17 })
  readonly due!: number;
}
/** Why, in an official's words. */
export class ReasonBody {
  @Text({ max: longestReason, lines: true, example: 'Cererea persoanei' })
  readonly reason!: string;
}
const ofOneError = {
  max: 300,
  optional: true,
  example: 'TypeError',
  description: 'Of this error alone, as `readOperations` and `listParked` tell it.',
} as const;
/** Which parked rows are meant: all of them where nothing is named. */
export class ParkedChoiceBody {
  @Text({ max: 100, optional: true, example: 'staff-calendar', description: 'Of this table alone.' })
  readonly projection?: string;
  @Text(ofOneError)
  readonly error?: string;
}
/** A decision about all rows of a table, or of one error there. */
export class SkipParkedBody extends ReasonBody {
  @Text({ max: 100, example: 'staff-calendar' })
  readonly projection!: string;
  @Text(ofOneError)
  readonly error?: string;
  @Form({
    pattern: parkedId,
    words: inBoth.api.paths.idListParkedKeys,
    description: 'The newest that you have seen: `newest` of `readOperations`. Where one waits that was parked later, none is skipped.',
    example: '198',
  })
  readonly upTo!: string;
}
/** Legea 16/1996, art. 9–12: the minute in which the selection commission decided that the documents may be destroyed. */
export class ConclusionsErasureBody extends ReasonBody {
  @Text({ max: 100, example: '3', description: 'Number of the minute of the selection commission.' })
  readonly minuteNumber!: string;
  @ADate({ description: 'Its date: not before the resolution, and not in the future.' })
  readonly minuteDate!: string;
}
/** GDPR 18 (1). */
export class RestrictionBody extends ReasonBody {
  @OneOf(restrictionGround.words, { description: 'Letter a, b, c or d of GDPR 18 (1).' })
  readonly ground!: (typeof restrictionGround.words)[number];
}
/** GDPR 18 (3). */
export class RestrictionLiftedBody extends ReasonBody {
  @ADate({ description: 'When the person was told that it ends.' })
  readonly personToldOn!: string;
}
