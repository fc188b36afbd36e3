import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ticketOfApplicant } from '../../../application/booking/counter';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import { parseReference, referenceOf } from '../../../domain/ticket/ticket';
import { formOf } from '../../api/body/form';
import { noteRefused } from '../../api/problem/note-refused';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { ForAnybody, Pages } from '../access/page-access';
import { filedOnOf, lookupFaults, RequestFields, typedFaults, typedIn } from '../booking/request-step.controller';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { TextField } from '../parts/fields';

/** For a citizen who has a ticket's number. */
const FindPage = ({ typed }: { readonly typed?: string }): VNode => {
  const words = useWords().ticket.open;
  return (
    <HeadedPage title={words.findTitle} side="public" summary={words.summary} lead={words.findLead}>
      <form method="post" action="/tichet" novalidate>
        <TextField
          name="reference"
          label={words.reference}
          hint={words.referenceHint}
          value={typed}
          width="middle"
          autocomplete="off"
          spellcheck={false}
        />
        <p class="actions">
          <button>{words.find}</button>
        </p>
      </form>
      <h2>{words.noReference}</h2>
      <p>{words.noReferenceAdvice}</p>
      <PlainForm action="/tichet/dupa-cerere" novalidate>
        <RequestFields />
        <p class="actions">
          <button class="second">{words.findByRequest}</button>
        </p>
      </PlainForm>
    </HeadedPage>
  );
};

/** The number of a ticket leads to its page; whether there is one, and who may see it, is decided there. */
@Pages('tichet')
export class FindController {
  readonly #find: ReturnType<typeof ticketOfApplicant>;

  constructor(@Inject(portsToken) private readonly ports: Ports) {
    this.#find = ticketOfApplicant(ports);
  }

  /** For a citizen who comes back to the address that the form went to. */
  @Get('dupa-cerere')
  @ForAnybody()
  back(): Answer {
    return seeOther('/tichet');
  }

  /** Without the number: the three data of the request lead to the page that opens with a code at the verified address (Art. 3 b, A28). */
  @Post('dupa-cerere')
  @KeepsNothing('asked-anew')
  @ForAnybody()
  async findByRequest(@Req() request: FastifyRequest): Promise<Answer> {
    const locale = localeOfPage(request);
    const typed = typedIn(formOf(request));
    const wrong = typedFaults(typed, locale);
    if (wrong.length > 0) return formView(<FindPage />, wrong);
    const { requestNumber, applicantName } = typed;
    const found = await this.#find({ requestNumber, applicantName, filedOn: filedOnOf(typed), address: request.ip });
    if (!isRefusal(found)) return seeOther(`/tichet/${referenceOf(found.ticketId)}/deschide`);
    noteRefused(this.ports.logger, request, found.code);
    const faults =
      found.code === 'request-not-found'
        ? [{ field: 'requestNumber', message: sentences[locale].ticket.open.notFoundByRequest }]
        : lookupFaults(found, locale);
    return formView(<FindPage />, faults, statusOf(found.code));
  }

  @Get()
  @ForAnybody()
  form(): Answer {
    return view(<FindPage />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForAnybody()
  find(@Req() request: FastifyRequest): Answer {
    const typed = formOf(request).text('reference');
    const reference = parseReference(typed);
    if (reference !== undefined) return seeOther(`/tichet/${reference}`);
    const message = sentences[localeOfPage(request)].ticket.open.notAReference;
    return formView(<FindPage typed={typed} />, [{ field: 'reference', message }]);
  }
}
