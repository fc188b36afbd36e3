import type { RequestIdentity } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { inBoth } from '../../phrasing/sentences';
import { ADate, AName, AnId, Form, Text } from '../../validation/fields';
import { invalidField } from '../problem/invalid';

/** An id of the staff directory, a pseudonym, or `service.NAME`. */
export const personForm = /^\.*[\w-][\w.-]{0,79}$/;
const registrationNumber = /^ *\d[\d./ ]{0,39}$/;

export class TicketPath {
  @AnId()
  readonly id!: string;
}
export class StaffPath {
  @AName()
  readonly id!: string;
}
export class PersonPath {
  @Form({ pattern: personForm, words: inBoth.api.paths.person, example: 's002' })
  readonly person!: string;
}
export class TextReportPath {
  @AnId()
  readonly id!: string;
  @Text({ max: 64, description: 'The proof that stood in the address given along with the message.' })
  readonly proof!: string;
}
export class AbsencePath {
  @AName()
  readonly id!: string;
  @AnId()
  readonly absenceId!: string;
}
export class DeputyPath {
  @AName()
  readonly id!: string;
  @AnId()
  readonly deputyshipId!: string;
}
export class PausePath {
  @AnId()
  readonly pauseId!: string;
}
export class LetterPath {
  @AnId()
  readonly id!: string;
}
export class ParkedPath {
  @Form({ pattern: /^\.*[\w:-][\w:.-]{0,199}$/, words: inBoth.api.paths.idListParkedKeys, example: '12' })
  readonly id!: string;
}
/** Any name behind the category: a writer on the server can give a stream any name, and it must be possible to close that stream too. */
export class StreamPath {
  @Form({ pattern: /^[a-z]+-[^\ud800-\udfff]{0,190}$/, words: inBoth.api.paths.stream, example: 'calendar-ro' })
  readonly stream!: string;
}
export class RequestPath {
  @Form({ pattern: registrationNumber, words: inBoth.api.paths.registrationNumber154997, example: '154997' })
  readonly number!: string;
  @ADate()
  readonly filedOn!: string;
}
export class DayPath {
  @ADate()
  readonly date!: string;
}
export class FeedPath {
  @Form({ pattern: /^[\w-]{43}\.ics$/, words: inBoth.api.paths.addressFeed, example: `${'a'.repeat(43)}.ics` })
  readonly file!: string;
}

/** A29: the number in its one form. @throws HttpProblem `invalid` */
export const registeredIdentity = ({ number, filedOn }: RequestPath): RequestIdentity => {
  const parsed = parseRegistrationNumber(number);
  if (parsed !== undefined) return { number: parsed.number, filedOn };
  throw invalidField('number', inBoth.api.invalid.number);
};

export class WebhookPath {
  @Form({
    pattern: /^(?:[a-z0-9][a-z0-9-]{0,39}|subscription\/.{1,100})$/,
    words: inBoth.api.webhooks.nameTargetTichetWebhooks,
    example: 'statistics',
  })
  readonly name!: string;
}
