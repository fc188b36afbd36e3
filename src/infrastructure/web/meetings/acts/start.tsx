import type { ActForm } from '../act-form';
import { StartMeeting } from '../../../../application/meeting/hold-meeting';

/** A18: from now on; there is nothing to fill in. */
export const startForm: ActForm = {
  first: 'continut',
  fields: () => null,
  read: ({ card: { ticketId } }) =>
    Promise.resolve({
      carryOut: (forms, request) => forms.carryOut(request, { useCase: StartMeeting, command: () => ({ ticketId }), ticketId }),
    }),
};
