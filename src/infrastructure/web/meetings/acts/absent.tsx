import { minutesBetween } from '../../../../domain/time/civil-time';
import { faultOf, TextField } from '../../parts/fields';
import type { ActForm } from '../act-form';
import { sentences } from '../../../phrasing/sentences';
import { RecordAbsentParty } from '../../../../application/meeting/hold-meeting';

/** A22. */
export const citizenAbsentForm: ActForm = {
  first: 'waitedMinutes',
  fields: ({ card: { slot, citizenAbsentFrom = slot.endsAt }, locale, at }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    const since = Math.floor(minutesBetween(slot.startsAt, at));
    return (
      <TextField
        name="waitedMinutes"
        width="short"
        inputmode="numeric"
        label={words.waited}
        hint={`${words.waitedHint} ${minutesBetween(slot.startsAt, citizenAbsentFrom)}.`}
        value={typed('waitedMinutes') ?? (at < slot.endsAt ? String(since) : '')}
        autocomplete="off"
        fault={faultOf(faults, 'waitedMinutes')}
      />
    );
  },
  read: ({ card: { ticketId }, locale }, form) => {
    const typed = form.text('waitedMinutes');
    if (!/^\d{1,4}$/.test(typed))
      return Promise.resolve({ faults: [{ field: 'waitedMinutes', message: sentences[locale].meetings.fields.waitedFault }] });
    return Promise.resolve({
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RecordAbsentParty,
          command: () => ({ ticketId, who: 'citizen' as const, waitedMinutes: Number(typed) }),
          ticketId,
        }),
    });
  },
};

/** A23: its own fact; what follows is Art. 8. */
export const staffAbsentForm: ActForm = {
  first: 'continut',
  fields: () => null,
  read: ({ card: { ticketId } }) =>
    Promise.resolve({
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RecordAbsentParty,
          command: () => ({ ticketId, who: 'staff' as const }),
          ticketId,
        }),
    }),
};
