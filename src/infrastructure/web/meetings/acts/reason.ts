import { defined } from '../../../../domain/kernel/defined';
import type { ChangeReason, Locale } from '../../../../domain/ticket/facts';
import { CancelBody } from '../../../api/dto/citizen';
import type { Form } from '../../forms/form';
import type { Fault } from '../../parts/fields';
import { together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { changeReasons } from '../field-words';
import { sentences } from '../../../phrasing/sentences';

export type ReasonRead = {
  readonly faults: readonly Fault[];
  readonly said: { readonly reason?: ChangeReason; readonly reasonText?: string };
};

/** A20: the reason, and in words where it is another; whether it suffices is the domain's to say. */
export const reasonOf = async (form: Form, locale: Locale): Promise<ReasonRead> => {
  const reason = changeReasons.find((one) => one === form.text('reason'));
  const reasonText = form.optional('reasonText');
  const said = defined({ reason, reasonText });
  const faults = together(
    reason === undefined ? [{ field: 'reason', message: sentences[locale].meetings.fields.reasonFault }] : [],
    reason === 'other' && reasonText === undefined
      ? [{ field: 'reasonText', message: sentences[locale].meetings.fields.reasonTextFault }]
      : [],
    await faultsIn(Object.assign(new CancelBody(), said), locale),
  );
  return { faults, said };
};
