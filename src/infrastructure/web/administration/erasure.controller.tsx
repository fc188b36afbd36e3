import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ticketWithReference } from '../../../application/audit/ticket-named';
import type { Done } from '../../../application/kernel/done';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type ErasurePreview, requestErasure, ticketErasure } from '../../../application/privacy/erasure-preview';
import type { ErasureReport } from '../../../application/privacy/erasure-report';
import { ForgetConclusions, ForgetRequest, ForgetTicket } from '../../../application/privacy/forget';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { RequestIdentity } from '../../../domain/request/facts';
import { requestNamed } from '../../../domain/request/registering';
import { formOf, onceField } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { unseen } from '../../runtime/opened-for';
import { sentences } from '../../phrasing/sentences';
import { ConclusionsErasureBody, ReasonBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { StoredReports } from '../registry/stored-reports';
import { conclusionsFields, ConclusionsErasurePage, erasureFields, ErasurePage } from './erasure-page';
import { ErasureReportPage } from './erasure-report-page';

/** Whose data: named by a reference or a number, never by name. */
const ErasureStartPage = (): VNode => {
  const words = useWords().administration.erasure;
  const back = { href: '/administrare', text: words.back };
  return (
    <HeadedPage title={words.title} summary={words.summaryFind} back={back} lead={words.lead}>
      <TypedForm action="/administrare/stergere">
        <TextField name="subiect" label={words.subject} hint={words.subjectHint} autocomplete="off" />
        <button>{words.goOn}</button>
      </TypedForm>
    </HeadedPage>
  );
};

type ErasureSubject = { readonly reference: string } | { readonly request: RequestIdentity };

/** `TA-7K2M9QXD`, `154997/425/10.02.2026` or `154997_2026-02-10`; nothing for anything else. */
const erasureSubjectIn = (text: string): ErasureSubject | undefined => {
  const reference = text.trim().toUpperCase();
  if (/^TA-[0-9A-Z]{8}$/.test(reference)) return { reference };
  const request = requestNamed(text);
  return request && { request };
};

const found = (preview: ErasurePreview | Refusal): ErasurePreview => {
  if (isRefusal(preview)) throw new HttpProblem({ code: 'not-found' });
  return preview;
};

/** GDPR 17. A person is forgotten: named by a ticket or a request, shown, confirmed, reported. */
@Pages('administrare/stergere')
export class ErasureController {
  constructor(
    private readonly commands: CommandService,
    private readonly reports: StoredReports,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('ticket.forget')
  start(): Answer {
    return view(<ErasureStartPage />);
  }

  /** No command yet: it only leads to the page of what was named. In a form, so that a name typed by mistake stays out of addresses. */
  @Post()
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async find(@Req() request: FastifyRequest): Promise<Answer> {
    const subject = erasureSubjectIn(formOf(request).text('subiect'));
    const path = subject && (await this.#pathOf(subject));
    if (path !== undefined) return seeOther(path);
    const words = sentences[localeOfPage(request)].administration.erasure;
    const message = subject === undefined ? words.subjectWrong : words.subjectUnknown;
    return formView(<ErasureStartPage />, [{ field: 'subiect', message }]);
  }

  @Get('tichet/:reference')
  @ForOfficials('ticket.forget')
  async ticket(@Param('reference') reference: string): Promise<Answer> {
    return view(<ErasurePage preview={await this.#previewOfTicket(reference)} />);
  }

  @Post('tichet/:reference')
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async eraseTicket(@Req() request: FastifyRequest, @Param('reference') reference: string): Promise<Answer> {
    return this.#erase(request, await this.#previewOfTicket(reference));
  }

  @Get('tichet/:reference/rezolutie')
  @ForOfficials('ticket.forget')
  async conclusions(@Param('reference') reference: string): Promise<Answer> {
    return view(<ConclusionsErasurePage ticketId={await this.#withConclusions(reference)} />);
  }

  @Post('tichet/:reference/rezolutie')
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async eraseConclusions(@Req() request: FastifyRequest, @Param('reference') reference: string): Promise<Answer> {
    const ticketId = await this.#withConclusions(reference);
    const [form, locale] = [formOf(request), localeOfPage(request)];
    const parts = conclusionsFields(sentences[locale].administration.erasure);
    const { value, faults } = readForm(ConclusionsErasureBody, parts, form, locale, ['confirm']);
    if (faults.length > 0) return formView(<ConclusionsErasurePage ticketId={ticketId} />, faults);
    const { reason, minuteNumber: number, minuteDate: date } = value;
    const command = () => ({ ticketId, reason, minute: { number, date } });
    const outcome = await this.commands.carryOut(request, { useCase: ForgetConclusions, command });
    if (isRefusal(outcome)) return formView(<ConclusionsErasurePage ticketId={ticketId} />, faultsOf(outcome, locale, 'reason'));
    return this.#reported(request, outcome.value);
  }

  @Get('cerere/:number/:filedOn')
  @ForOfficials('ticket.forget')
  async request(@Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    return view(<ErasurePage preview={found(await requestErasure(this.ports)({ number, filedOn }))} />);
  }

  @Post('cerere/:number/:filedOn')
  @KeepsTyped()
  @ForOfficials('ticket.forget')
  async eraseRequest(@Req() request: FastifyRequest, @Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    return this.#erase(request, found(await requestErasure(this.ports)({ number, filedOn })));
  }

  @Get('raport/:id')
  @ForOfficials('ticket.forget')
  async report(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    const kept = await this.reports.find(request, id, 'erasure');
    if (kept === undefined) throw new HttpProblem({ code: 'not-found' });
    return view(<ErasureReportPage report={kept.report} />);
  }

  async #pathOf(subject: NonNullable<ReturnType<typeof erasureSubjectIn>>): Promise<string | undefined> {
    if ('reference' in subject) {
      const known = await ticketWithReference(this.ports, subject.reference);
      return known === undefined ? undefined : `/administrare/stergere/tichet/${subject.reference}`;
    }
    const { number, filedOn } = subject.request;
    return isRefusal(await requestErasure(this.ports)(subject.request)) ? undefined : `/administrare/stergere/cerere/${number}/${filedOn}`;
  }

  async #previewOfTicket(reference: string): Promise<ErasurePreview> {
    const ticketId = await ticketWithReference(this.ports, reference);
    if (ticketId === undefined) throw new HttpProblem({ code: 'not-found' });
    return found(await ticketErasure(this.ports)(ticketId));
  }

  async #erase(request: FastifyRequest, preview: ErasurePreview): Promise<Answer> {
    const form = formOf(request);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(ReasonBody, erasureFields(sentences[locale].administration.erasure), form, locale, ['confirm']);
    if (faults.length > 0) return formView(<ErasurePage preview={preview} />, faults);
    const outcome = await this.#forget(request, preview, value.reason);
    if (isRefusal(outcome)) return formView(<ErasurePage preview={preview} />, faultsOf(outcome, locale, 'reason'));
    return this.#reported(request, outcome.value);
  }

  async #reported(request: FastifyRequest, report: ErasureReport): Promise<Answer> {
    const at = this.ports.clock.now();
    const id = await this.reports.keep(request, { kind: 'erasure', at, report }, formOf(request).text(onceField));
    return seeOther(`/administrare/stergere/raport/${id}`);
  }

  async #withConclusions(reference: string): Promise<string> {
    // whose it is stands on the page before
    const preview = await unseen(() => this.#previewOfTicket(reference));
    if (preview.subject !== 'ticket' || !preview.conclusionsKept) throw new HttpProblem({ code: 'not-found' });
    return preview.ticketId;
  }

  #forget(request: FastifyRequest, preview: ErasurePreview, reason: string): Promise<Done<ErasureReport> | Refusal> {
    return preview.subject === 'ticket'
      ? this.commands.carryOut(request, { useCase: ForgetTicket, command: () => ({ ticketId: preview.ticketId, reason }) })
      : this.commands.carryOut(request, { useCase: ForgetRequest, command: () => ({ request: preview.request, reason }) });
  }
}
