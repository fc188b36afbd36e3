import { ADate, AnId, OneOf } from '../../validation/fields';

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
