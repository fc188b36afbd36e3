import { staffCommands } from '../../../nest/staff-bindings';
import type { ActForm } from '../act-form';

/** A18: from now on; there is nothing to fill in. */
export const startForm: ActForm = {
  first: 'continut',
  fields: () => null,
  read: ({ card: { ticketId } }) =>
    Promise.resolve({
      carryOut: (forms, request) =>
        forms.carryOut(request, { useCase: staffCommands.startMeeting, command: () => ({ ticketId }), ticketId }),
    }),
};
