import type { VNode } from 'preact';
import type { Slot } from '../../../../domain/time/slot';
import { civilDateOf, parseInstant } from '../../../../domain/time/civil-time';
import { RescheduleBody } from '../../../api/dto/citizen';
import { faultOf } from '../../parts/fields';
import { longDate, hour } from '../../../phrasing/words/dates';
import { type ActForm, type HoursOffered, type Known, type Typed, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { DaysToPick } from './days-to-pick';
import { ReasonFields, Tick } from './parts';
import { reasonOf } from './reason';
import { sentences } from '../../../phrasing/sentences';
import { RescheduleTicket } from '../../../../application/booking/move-meeting';
import { useTyped } from '../../forms/forms-view';

const Hours = ({
  slots,
  first,
  chosen,
}: {
  readonly slots: readonly Slot[];
  readonly first: boolean;
  readonly chosen: string | undefined;
}): VNode => {
  const picked = useTyped('startsAt') ?? chosen;
  return (
    <div class="hour-choices">
      {slots.map(({ startsAt }, index) => {
        const id = first && index === 0 ? 'startsAt' : `o-${startsAt}`;
        return (
          <div class="choice">
            <input type="radio" id={id} name="startsAt" value={startsAt} checked={startsAt === picked} />
            <label for={id}>{hour(startsAt)}</label>
          </div>
        );
      })}
    </div>
  );
};

const HourField = ({
  hours: { slots, day, freelyFrom },
  locale,
  chosen,
  fault,
}: Pick<Known, 'locale'> & {
  readonly hours: HoursOffered;
  readonly chosen: string | undefined;
  readonly fault: string | undefined;
}): VNode => {
  const words = sentences[locale].meetings.fields;
  const ofDay = slots.slots.filter(({ startsAt }) => civilDateOf(startsAt) === day);
  const sooner = ofDay.filter(({ startsAt }) => startsAt < freelyFrom);
  const later = ofDay.filter(({ startsAt }) => startsAt >= freelyFrom);
  return (
    <fieldset
      class={fault === undefined ? 'field' : 'field field-faulty'}
      aria-describedby={fault === undefined ? undefined : 'startsAt-fault'}
    >
      <legend>
        {words.hoursOn} {longDate(day, locale)}
      </legend>
      {fault === undefined ? null : (
        <p class="fault" id="startsAt-fault">
          {fault}
        </p>
      )}
      {ofDay.length === 0 ? (
        <p id="startsAt" tabIndex={-1}>
          {words.noHours}
        </p>
      ) : null}
      {sooner.length === 0 ? null : <p class="hint">{words.sooner}</p>}
      <Hours slots={sooner} first chosen={chosen} />
      {sooner.length === 0 || later.length === 0 ? null : <p class="hint">{words.later}</p>}
      <Hours slots={later} first={sooner.length === 0} chosen={chosen} />
    </fieldset>
  );
};

const fieldsOf = (known: Known, typed: Typed, faults: Parameters<ActForm['fields']>[2]) => {
  const { hours, locale, card, at } = known;
  const words = sentences[locale].meetings.fields;
  if (hours === undefined) return null;
  return (
    <>
      <DaysToPick hours={hours} locale={locale} ticketId={card.ticketId} today={civilDateOf(at)} />
      <HourField hours={hours} locale={locale} chosen={typed('startsAt')} fault={faultOf(faults, 'startsAt')} />
      <ReasonFields {...{ locale, typed, faults }} />
      <Tick {...{ locale, typed, faults }} name="citizenAgreed" legend={words.agreedLegend} hint={words.agreedHint} label={words.agreed} />
    </>
  );
};

/** Art. 8 (A20): another free hour of the same person, with a reason; sooner than 48 hours only if the citizen agreed. */
export const rescheduleForm: ActForm = {
  first: 'startsAt',
  fields: fieldsOf,
  read: async ({ card: { ticketId }, locale }, form) => {
    const { faults: reasonFaults, said } = await reasonOf(form, locale);
    const startsAt = form.text('startsAt');
    const citizenAgreed = form.text('citizenAgreed') === 'da';
    const faults = together(
      parseInstant(startsAt) === undefined ? [{ field: 'startsAt', message: sentences[locale].meetings.fields.hourFault }] : [],
      reasonFaults,
      await faultsIn(Object.assign(new RescheduleBody(), { startsAt, ...said }), locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RescheduleTicket,
          command: ({ commandId, ids: [holdId = commandId] }) => ({
            ...said,
            startsAt,
            citizenAgreed,
            by: 'staff' as const,
            ticketId,
            holdId,
          }),
          ticketId,
        }),
    };
  },
};
