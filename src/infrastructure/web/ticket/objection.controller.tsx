import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { DisputeCorrection } from '../../../application/resolution/objections';
import { isRefusal } from '../../../domain/kernel/refusal';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { ObjectionBody } from '../../api/dto/citizen';
import { statusOf } from '../../api/problem/problem';
import { ForTicketHolder, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { faultsOf } from '../parts/refusal-view';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';

const fieldsOf = (words: Sentences['ticket']['corrections'], { disputable }: CitizenTicket): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'correctionOf',
    label: words.which,
    options: disputable.map((of) => ({ value: of, label: words.things[of] })),
  },
  { kind: 'long', name: 'objection', rows: 5, label: words.objection, hint: words.hint },
];

const ObjectionPage = ({ ticket }: { readonly ticket: CitizenTicket }): VNode => {
  const words = useWords().ticket.corrections;
  const { reference } = ticket;
  return (
    <ChangePage ticket={ticket} title={`${words.dispute}: ${reference}`} heading={words.dispute} lead={words.lead}>
      <TypedForm action={`/tichet/${reference}/obiectie`}>
        <FormFields parts={fieldsOf(words, ticket)} />
        <button>{words.send}</button>
      </TypedForm>
    </ChangePage>
  );
};

/** Art. 7: the citizen does not agree with a correction. */
@Pages('tichet/:reference/obiectie')
export class ObjectionController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.object')
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
    if (ticket.disputable.length === 0) return seeOther(`/tichet/${ticket.reference}`);
    return view(<ObjectionPage ticket={ticket} />);
  }

  @Post()
  @KeepsTyped()
  @ForTicketHolder('ticket.object')
  async object(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const locale = localeOfPage(request);
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId });
    const { value, faults } = readForm(ObjectionBody, fieldsOf(sentences[locale].ticket.corrections, ticket), formOf(request), locale);
    if (faults.length > 0) return formView(<ObjectionPage ticket={ticket} />, faults);
    const outcome = await this.commands.carryOut(request, {
      useCase: DisputeCorrection,
      command: () => ({ ticketId, correctionOf: value.correctionOf, objection: value.objection }),
      ticketId,
    });
    if (isRefusal(outcome))
      return formView(<ObjectionPage ticket={ticket} />, faultsOf(outcome, locale, 'objection'), statusOf(outcome.code));
    return seeOther(`/tichet/${ticket.reference}?facut=obiectie`);
  }
}
