import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { may } from '../../../application/kernel/rights';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import type { Ports } from '../../../application/kernel/ports/ports';
import {
  CommunicateAnswer,
  CorrectAnswer,
  RegisterRequest,
  type RegisterRequestInput,
  SettleDispute,
  WithdrawAnswer,
} from '../../../application/requests/register-request';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, refuse } from '../../../domain/kernel/refusal';
import type { AnswerChannel, RequestIdentity, RequestStatus } from '../../../domain/request/facts';
import { parseRegistrationNumber, statusesOf } from '../../../domain/request/registering';
import { type Answer as CommunicatedAnswer, countingAnswer, type RegisteredRequest } from '../../../domain/request/request';
import type { Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { civilDateOf } from '../../../domain/time/civil-time';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { HttpProblem } from '../../api/problem/problem';
import { CommandService } from '../../api/commands/command-service';
import { portsToken } from '../../nest/tokens';
import { RequestLine } from '../../outside/document-system/import/kinds';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { plainDate } from '../../phrasing/words/dates';
import { AnswerBody, AnswerCorrectedBody, AnswerWithdrawnBody, DisputeBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { checkedForm, type Typed } from '../forms/checked';
import { FormFields, type FormPart, readForm, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import { knownRequest, namesOfStaff, requestPath, type StaffChoice, staffChoices, staffField, StatusTag } from './request-parts';

type RequestWords = Sentences['registry'];

type RequestFormView = {
  readonly values: Typed;
  readonly choices?: readonly StaffChoice[] | undefined;
  readonly statuses?: readonly RequestStatus[];
  /** of a request that is known: its number and date are what it is known by */
  readonly known?: RegisteredRequest;
};

/** A request by hand, for the first time or again. */
const requestFields = (
  { request: words, list }: RequestWords,
  { values, choices, statuses = [], known }: RequestFormView,
): readonly FormPart[] => {
  const { labels } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: values[name] });
  return [
    ...(known === undefined
      ? [
          { ...field('number'), hint: words.numberHint, width: 'middle' as const, autocomplete: 'off' },
          { ...field('filedOn'), type: 'date' as const, width: 'middle' as const },
        ]
      : []),
    ...(known?.erased === true
      ? [
          {
            kind: 'note' as const,
            note: (
              <div class="notice">
                <p>{words.erased}</p>
              </div>
            ),
          },
        ]
      : [
          { ...field('applicantName'), hint: words.nameHint, autocomplete: 'off' },
          ...(known === undefined
            ? []
            : [
                {
                  kind: 'tick' as const,
                  name: 'applicantChange',
                  legend: words.correctedLegend,
                  hint: words.correctedHint,
                  label: words.corrected,
                },
              ]),
          { ...field('subject'), autocomplete: 'off' },
        ]),
    staffField(field('handlerStaffId'), choices, { hint: words.handlerHint, idHint: words.staffIdHint, nobody: words.chooseHandler }),
    { ...field('departmentCode'), hint: words.departmentHint, width: 'short', inputmode: 'numeric', autocomplete: 'off' },
    { ...field('department'), hint: words.departmentHint, autocomplete: 'off' },
    {
      kind: 'radios',
      ...field('status'),
      hint: words.statusHint,
      options: statuses.map((status) => ({ value: status, label: list.statuses[status] })),
    },
  ];
};

const RequestFormPage = (shown: RequestFormView): VNode => {
  const { registry } = useWords();
  const { request: words } = registry;
  const { known } = shown;
  const isNew = known === undefined;
  return (
    <HeadedPage
      title={isNew ? words.newTitle : words.changeTitle({ number: known.number })}
      summary={words.summary}
      labels={words.labels}
      back={
        isNew ? { href: '/registratura', text: words.back } : { href: requestPath(known), text: words.cardTitle({ number: known.number }) }
      }
      lead={isNew ? words.newLead : words.changeLead}
    >
      <TypedForm action={isNew ? '/registratura/cerere' : `${requestPath(known)}/modificare`}>
        <FormFields parts={requestFields(registry, shown)} />
        <button>{isNew ? words.register : words.save}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** A29: the number in its one form. */
const requestOf = (typed: Typed, locale: Locale): { readonly value: RegisterRequestInput } | { readonly faults: readonly Fault[] } => {
  // a number in its long form brings the filing date along
  const applicantChange = typed['applicantChange'] === 'da' ? 'corrected' : undefined;
  const dated = { ...typed, applicantChange, filedOn: typed['filedOn'] ?? parseRegistrationNumber(typed['number'] ?? '')?.filedOn };
  const { value, faults } = checkedForm(RequestLine, dated, locale);
  if (faults.length > 0) return { faults };
  const { number, filedOn, applicantName, subject, handlerStaffId, departmentCode, department, status } = value;
  const parsed = parseRegistrationNumber(number);
  if (parsed === undefined) {
    return { faults: faultsOf(refuse('invalid', { field: 'number', reason: 'not-a-registration-number' }), locale, 'number') };
  }
  const optional = defined({ subject, departmentCode, department, applicantChange: value.applicantChange });
  return { value: { number: parsed.number, filedOn, applicantName, handlerStaffId, status, ...optional } };
};

const channels: readonly AnswerChannel[] = ['email', 'post', 'pickup'];

const answerFields = ({ request: words, list }: RequestWords, choices: readonly StaffChoice[] | undefined): readonly FormPart[] => {
  const labels = words.answerLabels;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: undefined });
  return [
    { ...field('documentNumber'), width: 'middle', autocomplete: 'off' },
    { ...field('communicatedOn'), hint: words.communicatedHint, type: 'date', width: 'middle' },
    { kind: 'radios', ...field('channel'), options: channels.map((channel) => ({ value: channel, label: list.channels[channel] })) },
    staffField(field('answeredBy'), choices, { hint: words.answeredByHint, idHint: words.staffIdHint, nobody: words.theHandler }),
  ];
};

/** Art. 2 b: an answer reached the applicant. */
const AnswerFormPage = ({
  request,
  choices,
}: {
  readonly request: RequestIdentity;
  readonly choices: readonly StaffChoice[] | undefined;
}): VNode => {
  const { registry } = useWords();
  const { request: words } = registry;
  const { number } = request;
  return (
    <HeadedPage
      title={words.answerTitle}
      summary={words.answerSummary}
      labels={words.answerLabels}
      back={{ href: requestPath(request), text: words.cardTitle({ number }) }}
      lead={words.answerLead({ number })}
    >
      <TypedForm action={`${requestPath(request)}/raspuns`}>
        <FormFields parts={answerFields(registry, choices)} />
        <button>{words.communicate}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** Art. 2 b: what was recorded of an answer was mistaken, or there never was one. */
type Correction = 'corectare' | 'retragere';
const isCorrection = (path: string): path is Correction => path === 'corectare' || path === 'retragere';

const correctionFields = (
  registry: RequestWords,
  correction: Correction,
  { answers }: Pick<RegisteredRequest, 'answers'>,
  choices: readonly StaffChoice[] | undefined,
): readonly FormPart[] => {
  const { request: words } = registry;
  return [
    {
      kind: 'radios',
      name: 'ofDocument',
      label: words.ofDocument,
      options: answers.map(({ documentNumber }) => ({ value: documentNumber, label: documentNumber })),
    },
    ...(correction === 'corectare' ? answerFields(registry, choices) : []),
    { kind: 'long', name: 'reason', rows: 3, label: words.correctionReason },
  ];
};

const CorrectionFormPage = ({
  request,
  correction,
  choices,
}: {
  readonly request: RegisteredRequest;
  readonly correction: Correction;
  readonly choices: readonly StaffChoice[] | undefined;
}): VNode => {
  const { registry } = useWords();
  const { request: words } = registry;
  const { title, lead, button } = words.corrections[correction];
  const { number } = request;
  return (
    <HeadedPage
      title={title}
      summary={words.correctionSummary}
      labels={{ ...words.answerLabels, ofDocument: words.ofDocument, reason: words.correctionReason }}
      back={{ href: requestPath(request), text: words.cardTitle({ number }) }}
      lead={lead}
    >
      <TypedForm action={`${requestPath(request)}/raspuns/${correction}`}>
        <FormFields parts={correctionFields(registry, correction, request, choices)} />
        <button>{button}</button>
      </TypedForm>
    </HeadedPage>
  );
};

type Applicants = { readonly registered?: string; readonly told?: string };

/** A29: which of the two the request is of. */
const disputeFields = ({ request: { dispute: words } }: RequestWords, { registered, told }: Applicants): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'decision',
    label: words.decision,
    value: undefined,
    missing: words.noDecision,
    options: [
      { value: 'kept', label: words.kept({ name: registered ?? erasedMark }) },
      { value: 'corrected', label: words.corrected({ name: told ?? erasedMark }) },
    ],
  },
  { kind: 'long', name: 'reason', rows: 4, label: words.reason, hint: words.reasonHint, missing: words.noReason },
];

const DisputePage = ({ request, ...names }: Applicants & { readonly request: RequestIdentity }): VNode => {
  const { registry } = useWords();
  const { dispute: words, cardTitle } = registry.request;
  const { number } = request;
  return (
    <HeadedPage
      title={words.title({ number })}
      summary={words.summary}
      labels={{ decision: words.decision, reason: words.reason }}
      back={{ href: requestPath(request), text: cardTitle({ number }) }}
      lead={words.lead}
    >
      <TypedForm action={`${requestPath(request)}/solicitant`}>
        <FormFields parts={disputeFields(registry, names)} />
        <button>{words.settle}</button>
      </TypedForm>
    </HeadedPage>
  );
};

type CardView = {
  readonly request: RegisteredRequest;
  /** nothing once they are erased */
  readonly applicantName?: string;
  readonly subject?: string;
  /** of whom the register told since (A29) */
  readonly disputedBy?: string;
  readonly names: ReadonlyMap<string, string>;
  readonly mayForget: boolean;
};

const AnswerView = ({
  answer,
  counts,
  names,
}: {
  readonly answer: CommunicatedAnswer;
  readonly counts: boolean;
  readonly names: CardView['names'];
}): VNode => {
  const { locale } = usePage();
  const { request: words, list } = useWords().registry;
  return (
    <article>
      <h3>
        {answer.documentNumber} {counts ? <span class="tag tag-good">{words.counts}</span> : null}
      </h3>
      <SummaryList
        rows={[
          { label: words.communicated, value: plainDate(answer.communicatedOn, locale) },
          { label: words.channel, value: list.channels[answer.channel] },
          { label: words.answeredByView, value: names.get(answer.answeredBy) ?? `${answer.answeredBy} (${words.unknownStaff})` },
          { label: words.advertised, value: plainDate(answer.advertisedUntil, locale) },
          { label: words.enforced, value: plainDate(answer.enforcedUntil, locale) },
        ]}
      />
    </article>
  );
};

/** A registered request with its answers. */
const RequestCardPage = ({ request, applicantName, subject, disputedBy, names, mayForget }: CardView): VNode => {
  const { locale } = usePage();
  const words = useWords().registry.request;
  const { labels } = words;
  const { number, filedOn, handlerStaffId, departmentCode, department, status, answers, admission, lateAdmission } = request;
  const here = requestPath(request);
  const handler = names.get(handlerStaffId);
  const counting = countingAnswer(request);
  return (
    <HeadedPage title={words.cardTitle({ number })} done={words.done} back={{ href: '/registratura', text: words.back }}>
      {request.erased ? (
        <div class="notice">
          <p>{words.erased}</p>
        </div>
      ) : null}
      {request.dispute === undefined ? null : (
        <div class="notice notice-warn">
          <p>
            {words.dispute.notice({
              registered: applicantName ?? erasedMark,
              told: disputedBy ?? erasedMark,
              at: plainDate(civilDateOf(request.dispute.disputedAt), locale),
            })}
          </p>
          <a class="button" href={`${here}/solicitant`}>
            {words.dispute.go}
          </a>
        </div>
      )}
      <SummaryList
        rows={[
          { label: labels.filedOn, value: plainDate(filedOn, locale) },
          { label: labels.applicantName, value: <bdi>{applicantName ?? erasedMark}</bdi> },
          ...(request.subject === undefined ? [] : [{ label: labels.subject, value: <bdi>{subject ?? erasedMark}</bdi> }]),
          { label: labels.status, value: <StatusTag status={status} /> },
          { label: labels.handlerStaffId, value: handler ?? `${handlerStaffId} (${words.unknownStaff})` },
          ...(departmentCode === undefined && department === undefined
            ? []
            : [{ label: labels.department, value: [departmentCode, department].filter((part) => part !== undefined).join(' · ') }]),
          ...(admission === undefined ? [] : [{ label: words.activeTicket, value: referenceOf(admission.ticketId) }]),
          ...(lateAdmission === undefined ? [] : [{ label: words.lateAdmission, value: plainDate(lateAdmission.until, locale) }]),
        ]}
      />
      <p class="actions">
        <a class="button" href={`${here}/raspuns`}>
          {words.addAnswer}
        </a>
        <a class="button second" href={`${here}/modificare`}>
          {words.change}
        </a>
        {answers.length === 0 ? null : (
          <>
            <a href={`${here}/raspuns/corectare`}>{words.corrections.corectare.title}</a>{' '}
            <a href={`${here}/raspuns/retragere`}>{words.corrections.retragere.title}</a>
          </>
        )}
        {mayForget ? <a href={`/administrare/stergere/cerere/${number}/${filedOn}`}>{words.forget}</a> : null}
      </p>
      <h2>{words.answers}</h2>
      {answers.length === 0 ? <p>{words.noAnswers}</p> : null}
      {answers.map((answer) => (
        <AnswerView answer={answer} counts={answer === counting} names={names} />
      ))}
    </HeadedPage>
  );
};

/** One registered request, and the answers that were communicated to it. */
@Pages('registratura/cereri/:number/:filedOn')
export class RequestCardController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('request.register')
  async card(@Req() request: FastifyRequest, @Param() identity: RequestIdentity): Promise<Answer> {
    const known = await knownRequest(this.ports, identity);
    const { personalData } = this.ports;
    const applicantName = await personalData.open(known.applicantName);
    const subject = known.subject && (await personalData.open(known.subject));
    const disputedBy = known.dispute && (await personalData.open(known.dispute.applicantName));
    const names = await namesOfStaff(this.ports, [known.handlerStaffId, ...known.answers.map(({ answeredBy }) => answeredBy)]);
    const mayForget = may(officialOf(request), 'ticket.forget', { kind: 'none' });
    return view(<RequestCardPage {...{ request: known, names, mayForget, ...defined({ applicantName, subject, disputedBy }) }} />);
  }

  @Get('raspuns')
  @ForOfficials('request.register')
  async answerForm(@Param() identity: RequestIdentity): Promise<Answer> {
    return this.#form(await knownRequest(this.ports, identity));
  }

  @Post('raspuns')
  @KeepsTyped()
  @ForOfficials('request.register')
  async answer(@Req() request: FastifyRequest, @Param() path: RequestIdentity): Promise<Answer> {
    const known = await knownRequest(this.ports, path);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(AnswerBody, answerFields(sentences[locale].registry, []), formOf(request), locale);
    if (faults.length > 0) return this.#form(known, faults);
    const identity = { number: known.number, filedOn: known.filedOn };
    const command = () => ({ request: identity, answer: value });
    const outcome = await this.commands.carryOut(request, { useCase: CommunicateAnswer, command });
    if (isRefusal(outcome)) return this.#form(known, faultsOf(outcome, locale, 'documentNumber'));
    return seeOther(`${requestPath(identity)}?facut=${outcome.value.known ? 'raspuns-cunoscut' : 'raspuns'}`);
  }

  @Get('raspuns/:correction')
  @ForOfficials('request.register')
  async correctionForm(@Param() path: RequestIdentity & { readonly correction: string }): Promise<Answer> {
    const { correction } = path;
    if (!isCorrection(correction)) throw new HttpProblem({ code: 'not-found' });
    return this.#correctionForm(await knownRequest(this.ports, path), correction);
  }

  @Post('raspuns/:correction')
  @KeepsTyped()
  @ForOfficials('request.register')
  async correct(@Req() request: FastifyRequest, @Param() path: RequestIdentity & { readonly correction: string }): Promise<Answer> {
    const { correction } = path;
    if (!isCorrection(correction)) throw new HttpProblem({ code: 'not-found' });
    const known = await knownRequest(this.ports, path);
    const locale = localeOfPage(request);
    const fields = correctionFields(sentences[locale].registry, correction, known, []);
    const identity = { number: known.number, filedOn: known.filedOn };
    const order = this.#correctionTyped(correction, fields, request, identity);
    if ('faults' in order) return this.#correctionForm(known, correction, order.faults);
    const outcome = await order.carryOut();
    if (isRefusal(outcome)) return this.#correctionForm(known, correction, faultsOf(outcome, locale, 'ofDocument'));
    return seeOther(`${requestPath(identity)}?facut=${correction}`);
  }

  #correctionTyped(correction: Correction, fields: readonly FormPart[], request: FastifyRequest, identity: RequestIdentity) {
    const locale = localeOfPage(request);
    if (correction === 'retragere') {
      const { value, faults } = readForm(AnswerWithdrawnBody, fields, formOf(request), locale);
      if (faults.length > 0) return { faults };
      return {
        carryOut: () =>
          this.commands.carryOut(request, {
            useCase: WithdrawAnswer,
            command: () => ({ request: identity, ofDocument: value.ofDocument, reason: value.reason }),
          }),
      };
    }
    const { value, faults } = readForm(AnswerCorrectedBody, fields, formOf(request), locale);
    if (faults.length > 0) return { faults };
    const { ofDocument, reason, ...answer } = value;
    const command = () => ({ request: identity, ofDocument, reason, answer });
    return { carryOut: () => this.commands.carryOut(request, { useCase: CorrectAnswer, command }) };
  }

  async #correctionForm(known: RegisteredRequest, correction: Correction, faults?: readonly Fault[]): Promise<Answer> {
    return formView(<CorrectionFormPage {...{ request: known, correction }} choices={await staffChoices(this.ports)} />, faults);
  }

  @Get('solicitant')
  @ForOfficials('request.settle-dispute')
  async disputeForm(@Param() identity: RequestIdentity): Promise<Answer> {
    return this.#dispute(await knownRequest(this.ports, identity));
  }

  @Post('solicitant')
  @KeepsTyped()
  @ForOfficials('request.settle-dispute')
  async settle(@Req() request: FastifyRequest, @Param() path: RequestIdentity): Promise<Answer> {
    const known = await knownRequest(this.ports, path);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(DisputeBody, disputeFields(sentences[locale].registry, {}), formOf(request), locale);
    if (faults.length > 0) return this.#dispute(known, faults);
    const identity = { number: known.number, filedOn: known.filedOn };
    const { decision, reason } = value;
    const command = () => ({ request: identity, decision, reason });
    const outcome = await this.commands.carryOut(request, { useCase: SettleDispute, command });
    if (isRefusal(outcome)) return this.#dispute(known, faultsOf(outcome, locale, 'reason'));
    return seeOther(`${requestPath(identity)}?facut=decisa`);
  }

  async #dispute(known: RegisteredRequest, faults?: readonly Fault[]): Promise<Answer> {
    if (known.dispute === undefined) return seeOther(requestPath(known));
    const { personalData } = this.ports;
    const [registered, told] = await Promise.all([known.applicantName, known.dispute.applicantName].map((text) => personalData.open(text)));
    return formView(<DisputePage request={known} {...defined({ registered, told })} />, faults);
  }

  async #form(known: RegisteredRequest, faults?: readonly Fault[]): Promise<Answer> {
    return formView(<AnswerFormPage request={known} choices={await staffChoices(this.ports)} />, faults);
  }
}

/** A request registered by hand. */
@Pages('registratura')
export class RequestFormsController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('cerere')
  @ForOfficials('request.register')
  async newForm(): Promise<Answer> {
    return this.#form();
  }

  @Post('cerere')
  @KeepsTyped()
  @ForOfficials('request.register')
  async register(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#take(request);
  }

  @Get('cereri/:number/:filedOn/modificare')
  @ForOfficials('request.register')
  async changeForm(@Param() identity: RequestIdentity): Promise<Answer> {
    return this.#form(await knownRequest(this.ports, identity));
  }

  @Post('cereri/:number/:filedOn/modificare')
  @KeepsTyped()
  @ForOfficials('request.register')
  async change(@Req() request: FastifyRequest, @Param() identity: RequestIdentity): Promise<Answer> {
    return this.#take(request, await knownRequest(this.ports, identity));
  }

  async #take(request: FastifyRequest, known?: RegisteredRequest): Promise<Answer> {
    const locale = localeOfPage(request);
    const typed = typedInto(requestFields(sentences[locale].registry, { values: {}, ...defined({ known }) }), formOf(request));
    const identity = known && { number: known.number, filedOn: known.filedOn };
    // an erased name is not asked for, and the domain writes none
    const name = known?.erased === true ? { applicantName: erasedMark } : {};
    const checked = requestOf({ ...typed, ...identity, ...name }, locale);
    if ('faults' in checked) return this.#form(known, checked.faults);
    const outcome = await this.commands.carryOut(request, { useCase: RegisterRequest, command: () => checked.value });
    if (isRefusal(outcome)) return this.#form(known, faultsOf(outcome, locale, 'number'));
    return seeOther(`${requestPath(outcome.value)}?facut=${outcome.value.disputed ? 'disputata' : 'inregistrata'}`);
  }

  /** What is known of it, until something else is typed. */
  async #values(known: RegisteredRequest): Promise<Typed> {
    const { personalData } = this.ports;
    const { applicantName, subject, handlerStaffId, departmentCode, department, status } = known;
    return {
      applicantName: await personalData.open(applicantName),
      subject: subject && (await personalData.open(subject)),
      ...{ handlerStaffId, departmentCode, department, status },
    };
  }

  async #form(known?: RegisteredRequest, faults?: readonly Fault[]): Promise<Answer> {
    const shown = {
      values: known === undefined ? { status: 'in-operation' } : await this.#values(known),
      choices: await staffChoices(this.ports),
      statuses: statusesOf(known ?? { status: 'unknown' }),
      ...defined({ known }),
    };
    return formView(<RequestFormPage {...shown} />, faults);
  }
}
