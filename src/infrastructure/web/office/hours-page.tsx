import type { VNode } from 'preact';
import type { MeetingInTheWay } from '../../../application/staff/in-the-way';
import type { WeeklyHours } from '../../../domain/staff/facts';
import { weekdays } from '../../../domain/staff/staff-member';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { faultOf, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { longDate } from '../../phrasing/words/dates';
import { type ChangeAsked, ChangeFrame, type Whose } from './change-frame';
import { MeetingsInTheWay } from './meetings-in-the-way';
import { WeekList } from './week-list';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

/** The fields of a week as they were typed: `from`, and a text a day. */
export type HoursTyped = Readonly<Record<string, string>>;

/** Step 1: from when, and the hours of each day. */
export const HoursForm = ({ context, whose, typed, faults }: ChangeAsked<HoursTyped>): VNode => {
  const words = sentences[context.locale].office.changes;
  return (
    <ChangeFrame context={context} whose={whose} faults={faults} what="hours" step="ore">
      <TextField
        name="from"
        type="date"
        label={words.hoursFrom}
        hint={words.hoursFromHint}
        value={typed['from']}
        width="middle"
        fault={faultOf(faults, 'from')}
      />
      <fieldset class="field" aria-describedby="zile-hint">
        <legend>{words.hoursDay}</legend>
        <p class="hint" id="zile-hint">
          {words.hoursDayHint}
        </p>
        <div class="week-fields">
          {weekdays.map((day) => (
            <TextField
              name={day}
              label={sentences[context.locale].office.schedule.days[day]}
              value={typed[day]}
              spellcheck={false}
              autocomplete="off"
              fault={faultOf(faults, day)}
            />
          ))}
        </div>
      </fieldset>
    </ChangeFrame>
  );
};

/** Step 2: the week as it was understood, what is left outside it, and yes. */
export const HoursCheck = ({
  context,
  whose,
  typed,
  from,
  week,
  meetings,
}: {
  readonly context: PageContext;
  readonly whose: Whose;
  readonly typed: HoursTyped;
  readonly from: string;
  readonly week: WeeklyHours;
  readonly meetings: readonly MeetingInTheWay[];
}): VNode => {
  const words = sentences[context.locale].office.changes;
  const path = `/program/${whose.staffId}`;
  const again = `${path}/ore?${new URLSearchParams({ ...typed, change: '1' }).toString()}`;
  return (
    <Document context={context} title={words.checkHours} side="office">
      <Heading back={{ href: again, text: words.hours }}>{words.checkHours}</Heading>
      <SummaryList
        rows={[
          ...(whose.own ? [] : [{ label: words.of, value: whose.name }]),
          {
            label: words.hoursFrom,
            value: longDate(from, context.locale),
            change: { href: again, text: words.change, about: words.changeDay },
          },
        ]}
      />
      <WeekList week={week} locale={context.locale} />
      <MeetingsInTheWay meetings={meetings} own={whose.own} how={words.fallsOut} none={words.noneOut} locale={context.locale} />
      <TypedForm action={`${path}/ore`} novalidate={false}>
        {Object.entries(typed).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="actions">
          <button>{words.set}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </TypedForm>
    </Document>
  );
};
