import { HandedOverBody } from '../../../api/dto/staff';
import { faultOf, Radios, TextField } from '../../parts/fields';
import { type ActForm, missing, together } from '../act-form';
import { faultsIn } from '../../forms/checked';
import { asTyped, instantTyped, notBefore } from '../typed-time';
import { DateField, TimeField } from './parts';
import { sentences } from '../../../phrasing/sentences';
import { HandOverResolution } from '../../../../application/resolution/issue-resolution';

/** What must have come before: the end of the meeting and the resolution itself. */
const afterBoth = (endedAt: string | undefined, issuedAt: string | undefined): string | undefined =>
  endedAt === undefined || (issuedAt !== undefined && issuedAt > endedAt) ? issuedAt : endedAt;

const channels = ['post', 'pickup'] as const;

/** Channel and time are looked at here; the general rules are asked about the text only. */
const bodyWith = (proof: string): HandedOverBody => Object.assign(new HandedOverBody(), handedOver, { proof });
const handedOver = { channel: 'post', at: '2026-01-01T00:00:00.000Z' } as const;

/** Art. 7 (A11): by post or over the counter, with its proof. */
export const handedOverForm: ActForm = {
  first: 'channel',
  fields: ({ locale, at }, typed, faults) => {
    const words = sentences[locale].meetings.fields;
    const parts = { locale, typed, faults };
    const now = asTyped(at);
    return (
      <>
        <Radios
          name="channel"
          label={words.channel}
          value={typed('channel')}
          options={channels.map((value) => ({ value, label: words.channels[value] }))}
          fault={faultOf(faults, 'channel')}
        />
        <p class="hint">{words.romanianTime}</p>
        <div class="parts">
          <DateField {...parts} value={now.date} />
          <TimeField {...parts} name="at" label={words.at} value={now.time} />
        </div>
        <TextField
          name="proof"
          label={words.proof}
          hint={words.proofHint}
          value={typed('proof')}
          autocomplete="off"
          fault={faultOf(faults, 'proof')}
        />
      </>
    );
  },
  read: async ({ card: { ticketId, held, resolution }, locale }, form) => {
    const words = sentences[locale].meetings.fields;
    const channel = channels.find((one) => one === form.text('channel'));
    const proof = form.text('proof');
    const at = instantTyped(form.text('date'), form.text('at'));
    const faults = together(
      channel === undefined ? [{ field: 'channel', message: words.channelFault }] : [],
      at === undefined ? [{ field: 'at', message: words.notATime }] : [],
      missing(form, { proof: words.proofFault }),
      await faultsIn(bodyWith(proof), locale),
    );
    if (channel === undefined || at === undefined || faults.length > 0) return { faults };
    const handedOverAt = notBefore(at, afterBoth(held?.endedAt, resolution.issued?.issuedAt));
    return {
      carryOut: (forms, request) =>
        forms.carryOut(request, {
          useCase: HandOverResolution,
          command: () => ({ ticketId, channel, handedOverAt, proof }),
          ticketId,
        }),
    };
  },
};
