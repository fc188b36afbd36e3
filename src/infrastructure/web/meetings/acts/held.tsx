import { type ActForm, together } from '../act-form';
import { asTyped, instantTyped, notBefore } from '../typed-time';
import { DateField, TimeField } from './parts';
import { sentences } from '../../../phrasing/sentences';
import { RecordHeld } from '../../../../application/meeting/hold-meeting';

/** Art. 6: planned for 15 minutes; how long it really took is what is noted (A15). */
export const heldForm: ActForm = {
  first: 'startedAt',
  fields: ({ card, locale, at }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    const parts = { locale, typed, faults };
    const began = asTyped(card.startedAt ?? card.slot.startsAt);
    const now = asTyped(at);
    return (
      <>
        <DateField {...parts} value={began.date} />
        <p class="hint">{words.romanianTime}</p>
        <div class="parts">
          <TimeField {...parts} name="startedAt" label={words.startedAt} value={began.time} />
          <TimeField
            {...parts}
            name="endedAt"
            label={words.endedAt}
            value={card.status === 'in-progress' && now.date === began.date ? now.time : ''}
          />
        </div>
      </>
    );
  },
  read: ({ card: { ticketId, startedAt: recorded }, locale }, form) => {
    const { notATime } = sentences[locale].meetings.fields;
    const start = instantTyped(form.text('date'), form.text('startedAt'));
    const endedAt = instantTyped(form.text('date'), form.text('endedAt'));
    const faults = together(
      start === undefined ? [{ field: 'startedAt', message: notATime }] : [],
      endedAt === undefined ? [{ field: 'endedAt', message: notATime }] : [],
    );
    if (start === undefined || endedAt === undefined) return Promise.resolve({ faults });
    const command = { ticketId, startedAt: notBefore(start, recorded), endedAt };
    return Promise.resolve({
      carryOut: (forms, request) => forms.carryOut(request, { useCase: RecordHeld, command: () => command, ticketId }),
    });
  },
};
