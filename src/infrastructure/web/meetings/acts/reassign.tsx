import { ReassignBody } from '../../../api/dto/staff';
import { faultOf, Select, LongTextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { sentences } from '../../../phrasing/sentences';
import { ReassignTicket } from '../../../../application/booking/move-meeting';

/** A3: the same hour with another person of the department, never silently. */
export const reassignForm: ActForm = {
  first: 'staffId',
  fields: ({ card, locale, colleagues }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    const others = colleagues.filter(({ staffId }) => staffId !== card.staffId);
    return (
      <>
        {others.length === 0 ? <p class="notice notice-warn">{words.nobodyElse}</p> : null}
        <Select
          name="staffId"
          label={words.staffId}
          value={typed('staffId')}
          options={[{ value: '', label: words.choose }, ...others.map(({ staffId, name }) => ({ value: staffId, label: name }))]}
          fault={faultOf(faults, 'staffId')}
        />
        <LongTextField name="reason" rows={4} label={words.reassignReason} value={typed('reason')} fault={faultOf(faults, 'reason')} />
      </>
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const words = sentences[locale].meetings.fields;
    const command = { staffId: form.text('staffId'), reason: form.text('reason') };
    const faults = together(
      missing(form, { staffId: words.staffFault, reason: words.whyFault }),
      await faultsIn(Object.assign(new ReassignBody(), command), locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: ReassignTicket,
          command: ({ commandId, ids: [holdId = commandId] }) => ({ ...command, ticketId, holdId }),
          ticketId,
        }),
    };
  },
};
