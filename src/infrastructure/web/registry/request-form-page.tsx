import type { VNode } from 'preact';
import type { RequestStatus } from '../../../domain/request/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault, faultOf, Radios, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { type Typed, withLabels } from '../forms/checked';
import { requestPath } from './request-path';
import type { StaffChoice } from './staff-choice';
import { StaffField } from './staff-field';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

export type RequestFormShown = {
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly choices: readonly StaffChoice[] | undefined;
  readonly statuses: readonly RequestStatus[];
  /** of a request that is known: its number and date are what it is known by */
  readonly known?: { readonly number: string; readonly filedOn: string; readonly erased: boolean };
};

/** A request by hand, for the first time or again. */
export const RequestFormPage = ({ context, shown }: { readonly context: PageContext; readonly shown: RequestFormShown }): VNode => {
  const { typed, faults, choices, statuses, known } = shown;
  const words = sentences[context.locale].registry.request;
  const { labels } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  const title = known === undefined ? words.newTitle : words.changeTitle({ number: known.number });
  const back = known === undefined ? '/registratura' : requestPath(known);
  return (
    <Document context={context} title={title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.summary} faults={withLabels(faults, labels)} />
      <Heading
        back={{ href: back, text: known === undefined ? words.back : words.cardTitle({ number: known.number }) }}
        lead={known === undefined ? words.newLead : words.changeLead}
      >
        {title}
      </Heading>
      <TypedForm action={known === undefined ? '/registratura/cerere' : `${requestPath(known)}/modificare`}>
        {known === undefined ? (
          <>
            <TextField {...field('number')} hint={words.numberHint} width="middle" autocomplete="off" />
            <TextField {...field('filedOn')} type="date" width="middle" />
          </>
        ) : null}
        {known?.erased === true ? (
          <div class="notice">
            <p>{words.erased}</p>
          </div>
        ) : (
          <>
            <TextField {...field('applicantName')} hint={words.nameHint} autocomplete="off" />
            <TextField {...field('subject')} autocomplete="off" />
          </>
        )}
        <StaffField
          {...field('handlerStaffId')}
          hint={words.handlerHint}
          idHint={words.staffIdHint}
          nobody={words.chooseHandler}
          choices={choices}
        />
        <TextField {...field('departmentCode')} hint={words.departmentHint} width="short" inputmode="numeric" autocomplete="off" />
        <TextField {...field('department')} hint={words.departmentHint} autocomplete="off" />
        <Radios
          {...field('status')}
          hint={words.statusHint}
          options={statuses.map((status) => ({ value: status, label: sentences[context.locale].registry.list.statuses[status] }))}
        />
        <button>{known === undefined ? words.register : words.save}</button>
      </TypedForm>
    </Document>
  );
};
