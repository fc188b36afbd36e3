import { defined } from '../../../../domain/kernel/defined';
import { ResolutionBody } from '../../../api/dto/staff';
import { faultOf, LongTextField, TextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { OptionalLabel } from './parts';
import { sentences } from '../../../phrasing/sentences';
import { IssueResolution } from '../../../../application/resolution/issue-resolution';

/** Art. 7: the document of type „Tichetul albastru”, connected to the request; filed and sent by itself. */
export const resolutionForm: ActForm = {
  first: 'conclusions',
  fields: ({ card: { applicant, status }, locale }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <>
        <LongTextField
          name="conclusions"
          rows={10}
          label={words.conclusions}
          hint={
            applicant.email === undefined ? (
              words.goesByHand
            ) : (
              <>
                {status === 'in-progress' ? words.goesWhenHeld : words.goesTo} <bdi>{applicant.email}</bdi>.
              </>
            )
          }
          value={typed('conclusions')}
          fault={faultOf(faults, 'conclusions')}
        />
        <TextField
          name="documentNumber"
          width="middle"
          label={<OptionalLabel locale={locale} text={words.documentNumber} />}
          hint={words.documentHint}
          value={typed('documentNumber')}
          autocomplete="off"
          fault={faultOf(faults, 'documentNumber')}
        />
      </>
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const documentNumber = form.optional('documentNumber');
    const command = { conclusions: form.text('conclusions'), ...defined({ documentNumber }) };
    const faults = together(
      missing(form, { conclusions: sentences[locale].meetings.fields.conclusionsFault }),
      await faultsIn(Object.assign(new ResolutionBody(), command), locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, { useCase: IssueResolution, command: () => ({ ...command, ticketId }), ticketId }),
    };
  },
};
