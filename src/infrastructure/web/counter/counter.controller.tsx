import { Get, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { FindTicketAtCounter } from '../../../application/booking/counter';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { statusOf } from '../../api/problem/problem';
import { sentences } from '../../phrasing/sentences';
import { ForOfficials, Pages } from '../access/page-access';
import { filedOnOf, RequestFields, typedFaults, typedIn } from '../booking/request-step.controller';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';

const CounterPage = (): VNode => {
  const { counter: words } = useWords();
  return (
    <HeadedPage title={words.title} lead={words.lead} summary={words.summary}>
      <div class="cards">
        <section class="card">
          <h2>{words.bookTitle}</h2>
          <p>{words.bookText}</p>
          <a class="button" href="/programare/cerere">
            {words.book}
          </a>
        </section>
        <section class="card">
          <h2>{words.findTitle}</h2>
          <p>{words.findText}</p>
          <PlainForm action="/ghiseu" novalidate>
            <RequestFields />
            <button>{words.find}</button>
          </PlainForm>
        </section>
      </div>
    </HeadedPage>
  );
};

/** Where the counter begins: a new booking, or the ticket of a citizen who gives the three data of Art. 3 b. No address holds a name. */
@Pages('ghiseu')
export class CounterController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ForOfficials('counter.book')
  start(): Answer {
    return view(<CounterPage />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForOfficials('counter.book')
  async find(@Req() request: FastifyRequest): Promise<Answer> {
    const locale = localeOfPage(request);
    const typed = typedIn(formOf(request));
    const faults = typedFaults(typed, locale);
    if (faults.length > 0) return formView(<CounterPage />, faults);
    const { requestNumber, applicantName } = typed;
    const asked = { requestNumber, applicantName, filedOn: filedOnOf(typed) };
    const found: { readonly ticketId: string } | Refusal = await this.queries.execute(new FindTicketAtCounter(asked));
    if (isRefusal(found)) {
      const message = sentences[locale].counter.notFound;
      return formView(<CounterPage />, [{ field: 'requestNumber', message }], statusOf(found.code));
    }
    return seeOther(`/ghiseu/tichete/${found.ticketId}`);
  }
}
