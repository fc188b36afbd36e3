import { AName, AnId, ADate, Form } from '../../validation/fields';

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
  @Form({
    pattern: /^[\w:.-]{1,200}$/,
    ro: 'Un identificator din lista celor în așteptare.',
    en: 'An id of the list of parked keys.',
    example: '12',
  })
  readonly id!: string;
}
export class RequestPath {
  @Form({
    pattern: registrationNumber,
    ro: 'Un număr de înregistrare, de exemplu 154997.',
    en: 'A registration number, as 154997.',
    example: '154997',
  })
  readonly number!: string;
  @ADate()
  readonly filedOn!: string;
}
export class DayPath {
  @ADate()
  readonly date!: string;
}
export class FeedPath {
  @Form({ pattern: /^[\w-]{43}\.ics$/, ro: 'O adresă de calendar.', en: 'The address of a feed.', example: `${'a'.repeat(43)}.ics` })
  readonly file!: string;
}
