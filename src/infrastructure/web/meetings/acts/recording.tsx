import { defined } from '../../../../domain/kernel/defined';
import type { Locale } from '../../../../domain/ticket/facts';
import { RecordingBody } from '../../../api/dto/staff';
import { faultOf, LongTextField, TextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { secondsTyped } from '../typed-time';
import { OptionalLabel, Tick } from './parts';
import { sentences } from '../../../phrasing/sentences';
import { RecordRecording } from '../../../../application/meeting/recordings';

/** Art. 5: there is a recording. */
export const recordingForm: ActForm = {
  first: 'recordingId',
  fields: ({ locale }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <>
        <TextField
          name="recordingId"
          label={words.recordingId}
          value={typed('recordingId')}
          autocomplete="off"
          spellcheck={false}
          fault={faultOf(faults, 'recordingId')}
        />
        <TextField
          name="durationSeconds"
          width="short"
          label={words.duration}
          hint={words.durationHint}
          value={typed('durationSeconds')}
          autocomplete="off"
          fault={faultOf(faults, 'durationSeconds')}
        />
        <TextField
          name="url"
          label={<OptionalLabel locale={locale} text={words.url} />}
          hint={words.joinUrlHint}
          value={typed('url')}
          autocomplete="off"
          spellcheck={false}
          fault={faultOf(faults, 'url')}
        />
      </>
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const words = sentences[locale].meetings.fields;
    const url = form.optional('url');
    const durationSeconds = secondsTyped(form.text('durationSeconds'));
    const recording = { recordingId: form.text('recordingId'), ...defined({ url }) };
    const faults = together(
      missing(form, { recordingId: words.recordingIdFault }),
      durationSeconds === undefined ? [{ field: 'durationSeconds', message: words.durationFault }] : [],
      await faultsIn(Object.assign(new RecordingBody(), recording, defined({ durationSeconds })), locale),
    );
    if (faults.length > 0 || durationSeconds === undefined) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RecordRecording,
          command: () => ({ ticketId, recording: { kind: 'attached' as const, durationSeconds, ...recording } }),
          ticketId,
        }),
    };
  },
};

const faultsInReason = async (body: { readonly missing: string }, locale: Locale) =>
  (await faultsIn(Object.assign(new RecordingBody(), body), locale)).map(({ message }) => ({ field: 'reason', message }));

/** A13: there is none, and why. */
export const noRecordingForm: ActForm = {
  first: 'reason',
  fields: ({ locale }, typed, faults) => (
    <LongTextField
      name="reason"
      rows={4}
      label={sentences[locale].meetings.fields.whyMissing}
      value={typed('reason')}
      fault={faultOf(faults, 'reason')}
    />
  ),
  read: async ({ card: { ticketId }, locale }, form) => {
    const reason = form.text('reason');
    const faults = together(
      missing(form, { reason: sentences[locale].meetings.fields.whyFault }),
      await faultsInReason({ missing: reason }, locale),
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RecordRecording,
          command: () => ({ ticketId, recording: { kind: 'missing' as const, reason } }),
          ticketId,
        }),
    };
  },
};

/** A13: the citizen objected, and was offered a mode that is not recorded. */
export const recordingWaivedForm: ActForm = {
  first: 'reason',
  fields: ({ locale }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    return (
      <>
        <LongTextField name="reason" rows={4} label={words.whyWaived} value={typed('reason')} fault={faultOf(faults, 'reason')} />
        <Tick {...{ locale, typed, faults }} name="offeredAlternative" legend={words.offeredLegend} label={words.offered} />
      </>
    );
  },
  read: async ({ card: { ticketId }, locale }, form) => {
    const words = sentences[locale].meetings.fields;
    const reason = form.text('reason');
    const offeredAlternative = form.text('offeredAlternative') === 'da';
    const faults = together(
      missing(form, { reason: words.whyFault }),
      await faultsInReason({ missing: reason }, locale),
      offeredAlternative ? [] : [{ field: 'offeredAlternative', message: words.offeredFault }],
    );
    if (faults.length > 0) return { faults };
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: RecordRecording,
          command: () => ({ ticketId, recording: { kind: 'waived' as const, reason, offeredAlternative } }),
          ticketId,
        }),
    };
  },
};
