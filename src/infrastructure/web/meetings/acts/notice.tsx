import { faultOf, Radios } from '../../parts/fields';
import type { ActForm } from '../act-form';
import { noticeWays, type NoticeWay } from '../field-words';
import { sentences } from '../../../phrasing/sentences';
import { RecordNotice } from '../../../../application/booking/record-notice';

const meaning = {
  'phone:reached': { channel: 'phone', outcome: 'reached' },
  'phone:voicemail': { channel: 'phone', outcome: 'voicemail' },
  'phone:no-answer': { channel: 'phone', outcome: 'no-answer' },
  'phone:declined-new-slot': { channel: 'phone', outcome: 'declined-new-slot' },
  'email:accepted': { channel: 'email', outcome: 'accepted' },
  'email:bounced': { channel: 'email', outcome: 'bounced' },
  'email:declined-new-slot': { channel: 'email', outcome: 'declined-new-slot' },
} as const satisfies Readonly<Record<NoticeWay, object>>;

/** Art. 8 (A21): by phone, or by a letter of one's own. */
export const noticeForm: ActForm = {
  first: 'outcome',
  fields: ({ card: { applicant }, locale }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <Radios
        name="outcome"
        label={words.how}
        value={typed('outcome')}
        options={noticeWays
          .filter((way) => way.startsWith('phone:') || applicant.email !== undefined)
          .map((value) => ({ value, label: words.ways[value] }))}
        fault={faultOf(faults, 'outcome')}
      />
    );
  },
  read: ({ card: { ticketId }, locale }, form) => {
    const way = noticeWays.find((one) => one === form.text('outcome'));
    if (way === undefined) return Promise.resolve({ faults: [{ field: 'outcome', message: sentences[locale].meetings.fields.howFault }] });
    return Promise.resolve({
      carryOut: (forms, request) =>
        forms.carryOut(request, { useCase: RecordNotice, command: () => ({ ticketId, ...meaning[way] }), ticketId }),
    });
  },
};
