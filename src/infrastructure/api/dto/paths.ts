import { AName, AnId, ADate, Form } from '../../validation/fields';
import { inBoth } from '../../phrasing/sentences';

const registrationNumber = /^[\d./ ]{1,40}$/;

export class TicketPath {
  @AnId()
  readonly id!: string;
}
export class StaffPath {
  @AName()
  readonly id!: string;
}
export class AbsencePath {
  @AName()
  readonly id!: string;
  @AnId()
  readonly absenceId!: string;
}
export class LetterPath {
  @AnId()
  readonly id!: string;
}
export class ParkedPath {
  @Form({ pattern: /^[\w:.-]{1,200}$/, words: inBoth.api.paths.idListParkedKeys, example: '12' })
  readonly id!: string;
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

export class WebhookPath {
  @Form({ pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, words: inBoth.api.webhooks.nameTargetTichetWebhooks, example: 'statistics' })
  readonly name!: string;
}
