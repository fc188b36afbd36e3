import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ticketWithReference } from '../../../application/audit/ticket-named';
import { currentTicket } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { LiftRestriction, RestrictProcessing } from '../../../application/privacy/restriction';
import { isRefusal } from '../../../domain/kernel/refusal';
import { restrictionGround } from '../../../domain/ticket/facts';
import { isRequested, referenceOf, type RequestedTicket } from '../../../domain/ticket/ticket';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { RestrictionBody, RestrictionLiftedBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { faultsOf } from '../parts/refusal-view';
import { restrictionPath } from './erasure-page';

type Words = Sentences['administration']['restriction'];

const reasonField = (words: Words): FormPart => ({ kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 });
const fieldsToRestrict = (words: Words): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'ground',
    label: words.ground,
    options: restrictionGround.words.map((value) => ({ value, label: words.grounds[value] })),
  },
  reasonField(words),
];
const fieldsToLift = (words: Words): readonly FormPart[] => [
  { name: 'personToldOn', type: 'date', label: words.told, hint: words.toldHint, width: 'middle', autocomplete: 'off' },
  reasonField(words),
];

type Restricted = Pick<RequestedTicket, 'reference' | 'restriction'> & { readonly ticketId: string };

const RestrictionPage = ({ ticket: { ticketId, reference, restriction } }: { readonly ticket: Restricted }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.restriction;
  const path = restrictionPath(ticketId);
  return (
    <HeadedPage
      title={words.title({ reference })}
      summary={words.summary}
      labels={{ reason: words.reason, ground: words.ground, personToldOn: words.told }}
      back={{ href: `/administrare/stergere/tichet/${reference}`, text: words.back }}
      done={words.done}
      lead={words.lead}
    >
      {restriction === undefined ? (
        <TypedForm action={path}>
          <FormFields parts={fieldsToRestrict(words)} />
          <button>{words.restrict}</button>
        </TypedForm>
      ) : (
        <>
          <p class="notice">
            {words.since({ at: dateAndHour(restriction.restrictedAt, locale), ground: words.grounds[restriction.ground] })}
          </p>
          <TypedForm action={`${path}/ridicare`}>
            <FormFields parts={fieldsToLift(words)} />
            <button>{words.lift}</button>
          </TypedForm>
        </>
      )}
    </HeadedPage>
  );
};

/** GDPR 18. At the person's request their data are kept and not used; before that ends they are told. */
@Pages('administrare/stergere/tichet/:reference/restrictionare')
export class RestrictionController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('ticket.forget')
  async show(@Param('reference') reference: string): Promise<Answer> {
    return view(<RestrictionPage ticket={await this.#ticket(reference)} />);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async restrict(@Req() request: FastifyRequest, @Param('reference') reference: string): Promise<Answer> {
    const ticket = await this.#ticket(reference);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(
      RestrictionBody,
      fieldsToRestrict(sentences[locale].administration.restriction),
      formOf(request),
      locale,
    );
    if (faults.length > 0) return formView(<RestrictionPage ticket={ticket} />, faults);
    const command = () => ({ ticketId: ticket.ticketId, ground: value.ground, reason: value.reason });
    const outcome = await this.commands.carryOut(request, { useCase: RestrictProcessing, command });
    if (isRefusal(outcome)) return formView(<RestrictionPage ticket={ticket} />, faultsOf(outcome, locale, 'reason'));
    return seeOther(`${restrictionPath(ticket.ticketId)}?facut=restrictionat`);
  }

  @Post('ridicare')
  @KeepsTyped(({ reference = '' }) => `/administrare/stergere/tichet/${reference}/restrictionare`)
  @ForOfficials('ticket.forget')
  async lift(@Req() request: FastifyRequest, @Param('reference') reference: string): Promise<Answer> {
    const ticket = await this.#ticket(reference);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(
      RestrictionLiftedBody,
      fieldsToLift(sentences[locale].administration.restriction),
      formOf(request),
      locale,
    );
    if (faults.length > 0) return formView(<RestrictionPage ticket={ticket} />, faults);
    const command = () => ({ ticketId: ticket.ticketId, personToldOn: value.personToldOn, reason: value.reason });
    const outcome = await this.commands.carryOut(request, { useCase: LiftRestriction, command });
    if (isRefusal(outcome)) return formView(<RestrictionPage ticket={ticket} />, faultsOf(outcome, locale, 'reason'));
    return seeOther(`${restrictionPath(ticket.ticketId)}?facut=ridicat`);
  }

  async #ticket(reference: string): Promise<Restricted> {
    const ticketId = await ticketWithReference(this.ports, reference);
    const state = ticketId === undefined ? undefined : await currentTicket(this.ports, ticketId);
    if (ticketId === undefined || state === undefined || !isRequested(state) || state.erased) throw new HttpProblem({ code: 'not-found' });
    return { ...state, reference: referenceOf(ticketId), ticketId };
  }
}
