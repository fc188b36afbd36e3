import { defined } from '../../../../domain/kernel/defined';
import { MeetingLinkBody } from '../../../api/dto/staff';
import { faultOf, TextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { OptionalLabel } from './parts';
import { sentences } from '../../../phrasing/sentences';
import { AttachMeetingLink } from '../../../../application/meeting/hold-meeting';

/** Art. 5. */
export const linkForm: ActForm = {
  first: 'joinUrl',
  fields: ({ card, locale, instructions }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <>
        <div class="notice">
          <h2>{words.instructions}</h2>
          <p class="typed">{instructions ?? words.noInstructions}</p>
        </div>
        <TextField
          name="joinUrl"
          label={words.joinUrl}
          hint={words.joinUrlHint}
          value={typed('joinUrl') ?? card.link?.joinUrl}
          autocomplete="off"
          spellcheck={false}
          fault={faultOf(faults, 'joinUrl')}
        />
        <TextField
          name="meetingId"
          width="middle"
          label={<OptionalLabel locale={locale} text={words.meetingId} />}
          value={typed('meetingId') ?? card.link?.meetingId}
          autocomplete="off"
          fault={faultOf(faults, 'meetingId')}
        />
      </>
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const meetingId = form.optional('meetingId');
    const command = { joinUrl: form.text('joinUrl'), ...defined({ meetingId }) };
    const faults = together(
      missing(form, { joinUrl: sentences[locale].meetings.fields.joinUrlFault }),
      await faultsIn(Object.assign(new MeetingLinkBody(), command), locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, { useCase: AttachMeetingLink, command: () => ({ ...command, ticketId }), ticketId }),
    };
  },
};
