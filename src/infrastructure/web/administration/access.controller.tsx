import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ticketWithReference } from '../../../application/audit/ticket-named';
import type { Ports } from '../../../application/kernel/ports/ports';
import { subjectAccess, type SubjectAccessQuery } from '../../../application/privacy/subject-access';
import { isRefusal } from '../../../domain/kernel/refusal';
import { requestNamed } from '../../../domain/request/registering';
import { type Form, formOf } from '../../api/body/form';
import { subjectAccessHtml, subjectAccessJson } from '../../export/subject-access/subject-access-file';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart } from '../forms/form-fields';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, download, formView, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { filledStatements } from '../statements/filled-statements';

const path = '/administrare/acces';

type Words = Sentences['administration']['access'];

const fieldsFor = (words: Words): readonly FormPart[] => [
  { name: 'ticket', label: words.ticket, hint: words.ticketHint, width: 'middle', autocomplete: 'off', optional: true },
  { name: 'requestNumber', label: words.requestNumber, hint: words.requestHint, width: 'middle', autocomplete: 'off', optional: true },
  { name: 'applicantName', label: words.applicantName, autocomplete: 'off', optional: true },
  { name: 'email', type: 'email', label: words.email, hint: words.emailHint, autocomplete: 'off', optional: true },
  {
    kind: 'radios',
    name: 'format',
    label: words.format,
    value: 'html',
    options: [
      { value: 'html', label: words.html },
      { value: 'json', label: words.json },
    ],
  },
];

const AccessPage = (): VNode => {
  const words = useWords().administration.access;
  return (
    <HeadedPage title={words.title} summary={words.summary} back={{ href: '/administrare', text: words.back }} lead={words.lead}>
      <PlainForm action={path} novalidate>
        <FormFields parts={fieldsFor(words)} />
        <button>{words.make}</button>
      </PlainForm>
    </HeadedPage>
  );
};

const ways = ['ticket', 'requestNumber', 'applicantName', 'email'] as const;

const firstTyped = (form: Form): string => ways.find((name) => form.text(name).trim() !== '') ?? ways[0];

/** A copy for one person: a file, which no cache keeps and no frame shows. */
const file = (extension: string, type: string, content: string): Answer =>
  download(content, {
    'content-type': type,
    'content-disposition': `attachment; filename="acces-date.${extension}"`,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });

/** GDPR 15. The person is named in a form, so that no name and no address stands in one of ours; the answer is a file. */
@Pages('administrare/acces')
export class AccessController {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get()
  @ForOfficials('subject.access')
  start(): Answer {
    return view(<AccessPage />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForOfficials('subject.access')
  async make(@Req() request: FastifyRequest): Promise<Answer> {
    const locale = localeOfPage(request);
    const words = sentences[locale].administration.access;
    const form = formOf(request);
    const asked = await this.#subjectIn(form, words);
    if ('field' in asked) return formView(<AccessPage />, [asked]);
    const access = await subjectAccess(this.ports)(asked);
    if (isRefusal(access)) return formView(<AccessPage />, [{ field: firstTyped(form), message: words.unknown }]);
    const { personalData: statement } = await filledStatements(this.opened, locale);
    return form.text('format') === 'json'
      ? file('json', 'application/json; charset=utf-8', subjectAccessJson(access, statement))
      : file('html', 'text/html; charset=utf-8', subjectAccessHtml(access, statement, locale));
  }

  async #subjectIn(form: Form, words: Words): Promise<SubjectAccessQuery | Fault> {
    const [ticket = '', number = '', applicantName = '', email = ''] = ways.map((name) => form.text(name).trim());
    const chosen = [ticket !== '', number !== '' || applicantName !== '', email !== ''].filter(Boolean).length;
    if (chosen !== 1) return { field: 'ticket', message: words.one };
    if (email !== '') return { email };
    if (ticket !== '') {
      const ticketId = await ticketWithReference(this.ports, ticket.toUpperCase());
      return ticketId === undefined ? { field: 'ticket', message: words.badTicket } : { ticketId };
    }
    const request = requestNamed(number);
    if (request === undefined) return { field: 'requestNumber', message: words.badRequest };
    return applicantName === '' ? { field: 'applicantName', message: words.noName } : { request, applicantName };
  }
}
