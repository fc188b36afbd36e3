import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { may } from '../../../application/kernel/access';
import { CommunicateAnswer, type CommunicateAnswerInput } from '../../../application/requests/register-request';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { RegisteredRequest } from '../../../domain/request/request';
import { officialOf } from '../../api/access/viewer';
import { AnswerBody } from '../../validation/administration';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import { type Fault, ErrorSummary, faultOf, Radios, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { checkedForm, type Typed, withLabels } from '../forms/checked';
import { knownRequest } from './known-request';
import { namesOfStaff } from './names-of-staff';
import { RequestCardPage } from './request-card-page';
import { requestPath } from './request-path';
import { staffChoices, type StaffChoice } from './staff-choice';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { KeepsTyped } from '../forms/kept-form';
import type { VNode } from 'preact';
import type { AnswerChannel, RequestIdentity } from '../../../domain/request/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { StaffField } from './staff-field';
import { TypedForm } from '../forms/forms-shown';

const channels: readonly AnswerChannel[] = ['email', 'post', 'pickup'];

/** Art. 2 b: an answer reached the applicant. */
const AnswerFormPage = ({
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

const isDone = (word: unknown): word is keyof Sentences['registry']['request']['done'] =>
  word === 'inregistrata' || word === 'raspuns' || word === 'raspuns-cunoscut';

/** One registered request, and the answers that were communicated to it. */
@Pages('registratura/cereri/:number/:filedOn')
export class RequestCardController {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: FormDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('request.register')
  async card(
    @Req() request: FastifyRequest,
    @Param('number') number: string,
    @Param('filedOn') filedOn: string,
    @Query('facut') word: unknown,
  ): Promise<Answer> {
    const known = await knownRequest(this.ports, { number, filedOn });
    const { personalData } = this.ports;
    const applicantName = await personalData.open(known.applicantName);
    const subject = known.subject && (await personalData.open(known.subject));
    const context = await this.pages.contextOf(request);
    const shown = {
      request: known,
      names: await namesOfStaff(this.ports, [known.handlerStaffId, ...known.answers.map(({ answeredBy }) => answeredBy)]),
      mayForget: may(officialOf(request), 'ticket.forget', { kind: 'none' }),
      ...defined({ applicantName, subject }),
    };
    const done = isDone(word) ? sentences[context.locale].registry.request.done[word] : undefined;
    return view(<RequestCardPage context={context} shown={shown} done={done} />);
  }

  @Get('raspuns')
  @ForOfficials('request.register')
  async answerForm(@Req() request: FastifyRequest, @Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    return this.#showForm(request, await knownRequest(this.ports, { number, filedOn }), {}, []);
  }

  @Post('raspuns')
  @KeepsTyped()
  @ForOfficials('request.register')
  async answer(@Req() request: FastifyRequest, @Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    const known = await knownRequest(this.ports, { number, filedOn });
    const form = formOf(request);
    const typed = Object.fromEntries(
      ['documentNumber', 'communicatedOn', 'channel', 'answeredBy'].map((field) => [field, form.optional(field)]),
    );
    const { locale } = await this.pages.contextOf(request);
    const checked = checkedForm(AnswerBody, typed, locale);
    if ('faults' in checked) {
      return this.#showForm(request, known, typed, checked.faults);
    }
    const identity = { number: known.number, filedOn: known.filedOn };
    const command = (): CommunicateAnswerInput => ({ request: identity, answer: checked.value });
    const outcome = await this.desk.carryOut(request, { useCase: CommunicateAnswer, command });
    if (isRefusal(outcome)) return this.#showForm(request, known, typed, faultsOf(outcome, locale, 'documentNumber'));
    else return seeOther(`${requestPath(identity)}?facut=${outcome.value.known ? 'raspuns-cunoscut' : 'raspuns'}`);
  }

  async #showForm(request: FastifyRequest, known: RegisteredRequest, typed: Typed, faults: readonly Fault[]): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const shownPage = (
      <AnswerFormPage context={context} request={known} typed={typed} faults={faults} choices={await staffChoices(this.ports)} />
    );
    return view(shownPage, faults.length === 0 ? 200 : 422);
  }
}
