import { OmitType } from '@nestjs/swagger';
import { summaryDimensions } from '../../../application/reports/report-figures';
import { gradeFilters } from '../../../application/audit/audit-list';
import { checkIds } from '../../../domain/audit/judge';
import { inBoth } from '../../phrasing/sentences';
import { groundKinds } from '../../../domain/request/facts';
import { requestStatuses } from '../../validation/administration';
import { type FileFormat, fileFormats, listFormats, type ListFormat } from '../file-answers';
import { modes } from './citizen';
import { ADate, AName, AnId, AnInstant, Form, OneOf, Text, WholeInQuery } from '../../validation/fields';
import { positionPattern } from '../commands/reached-position';
import { PageQuery } from './staff';

const fileWords = '`csv-ro`: for an Excel set up in Romanian. Left out: `csv`, for programs.';
const listWords = '`csv-ro`: for an Excel set up in Romanian. Left out: by `Accept`.';
const departmentWords = 'The code of a department; for a head their own.';

export const verdicts = ['pass', 'fail', 'warn', 'waived', 'pending', 'not-applicable'] as const;
const positionForm = { pattern: positionPattern, words: inBoth.api.reading.positionForm, example: '00000000000000000042' };

/** Either one request (`number` and `filedOn`), or a list. */
export class EligibilityQuery extends PageQuery {
  @Form({ pattern: /^[\d./ ]{1,40}$/, words: inBoth.api.reading.registrationNumber, example: '154997', optional: true })
  readonly number?: string;
  @ADate({ optional: true })
  readonly filedOn?: string;
  @AnInstant({ optional: true })
  readonly asOf?: string;
  @ADate({ optional: true, description: 'Windows that are still open and end before that date, the nearest end first.' })
  readonly expiringBefore?: string;
  @AName({ optional: true, notInExample: true, description: 'The code of a department; left out, for a head their own.' })
  readonly department?: string;
  @AName({ optional: true, notInExample: true, description: 'Who has the file.' })
  readonly staffId?: string;
  @OneOf(requestStatuses, { optional: true })
  readonly status?: (typeof requestStatuses)[number];
  @OneOf(['true', 'false'], { optional: true, description: 'Whether a ticket can be asked for now.' })
  readonly eligible?: 'true' | 'false';
}
export class AuditQuery extends PageQuery {
  @OneOf(verdicts, { optional: true })
  readonly verdict?: (typeof verdicts)[number];
  @OneOf(checkIds, { optional: true })
  readonly check?: (typeof checkIds)[number];
  @OneOf(gradeFilters, {
    optional: true,
    description:
      'How it is known: of what was found kept, with `check` of that check. `confirmable`: only declared, where a system of this installation could have confirmed it.',
  })
  readonly grade?: (typeof gradeFilters)[number];
  @ADate({ optional: true, description: 'Meetings from this day on.' })
  readonly from?: string;
  @ADate({ optional: true, description: 'Meetings up to this day, the day included.' })
  readonly to?: string;
  @AName({ optional: true })
  readonly staffId?: string;
  @AName({ optional: true, notInExample: true, description: departmentWords })
  readonly department?: string;
  @OneOf(modes, { optional: true })
  readonly mode?: (typeof modes)[number];
  @OneOf(groundKinds, { optional: true })
  readonly ground?: (typeof groundKinds)[number];
  @Text({ max: 20, optional: true, notInExample: true, example: 'TA-7K2M9QXD', description: 'The number printed on the ticket.' })
  readonly reference?: string;
  @Text({
    max: 60,
    optional: true,
    notInExample: true,
    example: '154997/425/10.02.2026',
    description: 'Of the request; of whatever date where none is written.',
  })
  readonly requestNumber?: string;
  @AnInstant({ optional: true, description: 'The verdicts as they were then, from what was known then. Left out: now.' })
  readonly asOf?: string;
}
/** The calendar of the staff, without any person of the public. */
export class MeetingsQuery extends PageQuery {
  @ADate({ description: 'Meetings from this day on.' })
  readonly from!: string;
  @ADate({ description: 'Meetings up to this day, the day included.' })
  readonly to!: string;
  @AName({ optional: true, notInExample: true, description: 'The code of a department.' })
  readonly department?: string;
  @AName({ optional: true, notInExample: true })
  readonly staffId?: string;
}
const pages = ['limit', 'cursor'] as const;
/** A file is the whole list. */
export class EligibilityFileQuery extends OmitType(EligibilityQuery, [...pages, 'number', 'filedOn', 'asOf'] as const) {
  @OneOf(fileFormats, { optional: true, description: fileWords })
  readonly format?: FileFormat;
}
export class AuditFileQuery extends OmitType(AuditQuery, pages) {
  @OneOf(fileFormats, { optional: true, description: fileWords })
  readonly format?: FileFormat;
}
export class MeetingsFileQuery extends OmitType(MeetingsQuery, pages) {
  @OneOf(fileFormats, { optional: true, description: fileWords })
  readonly format?: FileFormat;
}
export class WhoLookedQuery extends PageQuery {
  @ADate({ optional: true, description: 'Readings from this day on.' })
  readonly from?: string;
  @ADate({ optional: true, description: 'Readings up to this day, the day included.' })
  readonly to?: string;
}
export class AsOfQuery {
  @AnInstant({ optional: true })
  readonly asOf?: string;
}
/** `explain`: each step with what changed, what fell due and what the checks said then, and refused attempts between them. */
export class HistoryQuery extends AsOfQuery {
  @OneOf(['true', 'false'], { optional: true })
  readonly explain?: 'true' | 'false';
}
export class EventsQuery {
  @Form({ ...positionForm, optional: true })
  readonly after?: string;
  @WholeInQuery({ from: 1, to: 1_000_000, optional: true })
  readonly limit?: number;
}
export class SummaryQuery {
  @ADate()
  readonly from!: string;
  @ADate()
  readonly to!: string;
  @OneOf(summaryDimensions)
  readonly by!: (typeof summaryDimensions)[number];
  @AName({ optional: true, notInExample: true, description: departmentWords })
  readonly department?: string;
  @OneOf(listFormats, { optional: true, description: listWords })
  readonly format?: ListFormat;
}

const formats = ['jsonl', 'csv', 'pdf'] as const;

export class ExportQuery {
  @OneOf(formats, { optional: true, description: '`jsonl` where it is left out' })
  readonly format?: (typeof formats)[number];
  @ADate({ optional: true, description: 'Meetings from this day on.' })
  readonly from?: string;
  @ADate({ optional: true, description: 'Meetings up to this day, the day included.' })
  readonly to?: string;
  @AnId({ optional: true, description: 'The ticket of a PDF.' })
  readonly ticket?: string;
}
