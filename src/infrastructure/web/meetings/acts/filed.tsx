import { FiledBody } from '../../../api/dto/staff';
import { faultOf, TextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { sentences } from '../../../phrasing/sentences';
import { RecordFiled } from '../../../../application/resolution/filing';

/** Art. 7: the connected document was made in INFOCET by hand; from then on nothing is filed by itself. */
export const filedForm: ActForm = {
  first: 'documentNumber',
  fields: ({ locale }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <TextField
        name="documentNumber"
        width="middle"
        label={words.documentNumber}
        hint={words.filedHint}
        value={typed('documentNumber')}
        autocomplete="off"
        fault={faultOf(faults, 'documentNumber')}
      />
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const command = { documentNumber: form.text('documentNumber') };
    const faults = together(
      missing(form, { documentNumber: sentences[locale].meetings.fields.documentFault }),
      await faultsIn(Object.assign(new FiledBody(), command), locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) => forms.carryOut(request, { useCase: RecordFiled, command: () => ({ ...command, ticketId }), ticketId }),
    };
  },
};
