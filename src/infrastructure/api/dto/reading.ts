import { summaryDimensions } from '../../../application/reports/report-figures';
import { gradeFilters } from '../../../application/audit/audit-list';
import { checkIds } from '../../../domain/audit/judge';
import { inBoth } from '../../phrasing/sentences';
import { ADate, AName, AnId, AnInstant, Form, OneOf, WholeInQuery } from '../../validation/fields';
import { positionPattern } from '../commands/reached-position';
import { PageQuery } from './staff';

export const verdicts = ['pass', 'fail', 'warn', 'waived', 'pending', 'not-applicable'] as const;
const positionForm = { pattern: positionPattern, words: inBoth.api.reading.positionForm, example: '00000000000000000042' };

/** Either one request (`number` and `filedOn`), or those whose window ends before a date. */
export class EligibilityQuery extends PageQuery {
  @Form({ pattern: /^[\d./ ]{1,40}$/, words: inBoth.api.reading.registrationNumber, example: '154997', optional: true })
  readonly number?: string;
  @ADate({ optional: true })
  readonly filedOn?: string;
  @AnInstant({ optional: true })
  readonly asOf?: string;
  @ADate({ optional: true })
  readonly expiringBefore?: string;
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
  @AnInstant({ optional: true, description: 'The verdicts as they were then, from what was known then. Left out: now.' })
  readonly asOf?: string;
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
