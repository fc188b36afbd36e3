import type { VNode } from 'preact';
import type { MeetingInTheWay } from '../../../application/staff/in-the-way';
import type { AbsenceView } from '../../../application/staff/staff-schedule';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf, LongTextField, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { type ChangeWanted, ChangeFrame, type Whose } from './change-frame';
import { MeetingsInTheWay } from './meetings-in-the-way';
import { spanInWords } from './span';
import type { AbsenceQuery } from './typed-absence';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-view';

const fieldsOf = ({ fromDate, fromTime, toDate, toTime }: AbsenceQuery): Readonly<Record<string, string>> => ({
  fromDate,
  fromTime,
  toDate,
  toTime,
});

/** Step 1: when. */
export const AbsenceForm = ({ context, whose, typed, faults }: ChangeWanted<AbsenceQuery>): VNode => {
  const words = sentences[context.locale].office.changes;
  return (
    <ChangeFrame context={context} whose={whose} faults={faults} what="absence" step="absenta">
      {(
        [
          ['from', typed.fromDate, typed.fromTime, words.fromTimeHint],
          ['to', typed.toDate, typed.toTime, words.toTimeHint],
        ] as const
      ).map(([end, date, time, hint]) => (
        <fieldset class="field">
          <legend>{words[end]}</legend>
          <div class="parts">
            <TextField
              name={`${end}Date`}
              type="date"
              label={words.date}
              value={date}
              width="middle"
              fault={faultOf(faults, `${end}Date`)}
            />
            <TextField
              name={`${end}Time`}
              type="time"
              label={words.time}
              hint={hint}
              value={time}
              width="middle"
              fault={faultOf(faults, `${end}Time`)}
            />
          </div>
        </fieldset>
      ))}
    </ChangeFrame>
  );
};

export type AbsenceToConfirm = {
  readonly context: PageContext;
  readonly whose: Whose;
  readonly typed: AbsenceQuery;
  readonly from: string;
  readonly to: string;
  readonly repeated: boolean;
  /** recorded already, and in the same time */
  readonly already: readonly AbsenceView[];
  readonly meetings: readonly MeetingInTheWay[];
  readonly reason: string;
  readonly faults: readonly Fault[];
};

/** Step 2: what falls into it, why, and yes. */
export const AbsenceCheck = ({ context, whose, typed, from, to, repeated, already, meetings, reason, faults }: AbsenceToConfirm): VNode => {
  const words = sentences[context.locale].office.changes;
  const path = `/program/${whose.staffId}`;
  const again = `${path}/absenta?${new URLSearchParams({ ...fieldsOf(typed), change: '1' }).toString()}`;
  return (
    <Document context={context} title={words.checkAbsence} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.faulty} faults={faults} />
      <Heading back={{ href: again, text: words.absence }}>{words.checkAbsence}</Heading>
      <SummaryList
        rows={[
          ...(whose.own ? [] : [{ label: words.of, value: whose.name }]),
          {
            label: words.when,
            value: spanInWords({ from, to }, context.locale),
            change: { href: again, text: words.change, about: words.changeWhen },
          },
        ]}
      />
      {repeated ? <p class="notice">{words.repeated}</p> : null}
      {already.length === 0 ? null : (
        <div class="notice notice-warn">
          <p>{words.already}</p>
          <ul>
            {already.map((absence) => (
              <li>{spanInWords(absence, context.locale)}</li>
            ))}
          </ul>
        </div>
      )}
      <MeetingsInTheWay meetings={meetings} own={whose.own} how={words.fallsIn} none={words.noneFalls} locale={context.locale} />
      <TypedForm action={`${path}/absente`}>
        {Object.entries(fieldsOf(typed)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <LongTextField
          name="reason"
          rows={3}
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          fault={faultOf(faults, 'reason')}
        />
        <p class="actions">
          <button>{words.record}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </TypedForm>
    </Document>
  );
};
