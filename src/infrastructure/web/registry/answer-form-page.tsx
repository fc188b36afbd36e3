import type { VNode } from 'preact';
import type { AnswerChannel, RequestIdentity } from '../../../domain/request/facts';
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

const channels: readonly AnswerChannel[] = ['email', 'post', 'pickup'];

/** Art. 2 b: an answer reached the applicant. */
export const AnswerFormPage = ({
  context,
  request,
  typed,
  faults,
  choices,
}: {
  readonly context: PageContext;
  readonly request: RequestIdentity;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly choices: readonly StaffChoice[] | undefined;
}): VNode => {
  const words = sentences[context.locale].registry.request;
  const labels = words.answerLabels;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  return (
    <Document context={context} title={words.answerTitle} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.answerSummary} faults={withLabels(faults, labels)} />
      <Heading
        back={{ href: requestPath(request), text: words.cardTitle({ number: request.number }) }}
        lead={words.answerLead({ number: request.number })}
      >
        {words.answerTitle}
      </Heading>
      <TypedForm action={`${requestPath(request)}/raspuns`}>
        <TextField {...field('documentNumber')} width="middle" autocomplete="off" />
        <TextField {...field('communicatedOn')} hint={words.communicatedHint} type="date" width="middle" />
        <Radios
          {...field('channel')}
          options={channels.map((channel) => ({ value: channel, label: sentences[context.locale].registry.list.channels[channel] }))}
        />
        <StaffField
          {...field('answeredBy')}
          hint={words.answeredByHint}
          idHint={words.staffIdHint}
          nobody={words.theHandler}
          choices={choices}
        />
        <button>{words.communicate}</button>
      </TypedForm>
    </Document>
  );
};
