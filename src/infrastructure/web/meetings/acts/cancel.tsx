import type { ActForm } from '../act-form';
import { ReasonFields } from './parts';
import { reasonOf } from './reason';
import { CancelTicket } from '../../../../application/booking/cancel-ticket';

/** Art. 8: always with a reason. */
export const cancelForm: ActForm = {
  first: 'reason',
  fields: ({ locale }, typed, faults) => <ReasonFields {...{ locale, typed, faults }} />,
  read: async ({ card: { ticketId }, locale }, form) => {
    const { faults, said } = await reasonOf(form, locale);
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: CancelTicket,
          command: () => ({ ...said, by: 'staff' as const, ticketId }),
          ticketId,
        }),
    };
  },
};
