import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { csvOf } from '../../../runtime/csv';
import { HttpProblem } from '../../../api/problem/problem';
import { localeOfPage } from '../../page/locale-of-page';
import { PageDesk } from '../../page/page-desk';
import type { Imported, KeptReport } from '../reports/kept-report';
import { KeptReports } from '../reports/kept-reports';
import { ImportDesk } from './import-desk';
import { importPlaces } from './places';
import { type Answer, download, seeOther, view } from '../../page/answer';
import { sentences } from '../../../phrasing/sentences';
import type { VNode } from 'preact';
import { Document } from '../../page/document';
import type { PageContext } from '../../page/page-context';
import { ErrorSummary, TextArea } from '../../parts/fields';
import { Heading } from '../../parts/heading';
import { fileField, textField, type WrongSending } from './sent-lines';
import { dateAndHour, numberInWords } from '../../../phrasing/words/dates';
import { NumberedPages, pageOf } from '../numbered-pages';

type Kept = Extract<KeptReport, { readonly kind: 'import' }>;
const faultsPerPage = 50;

const Faults = ({
  context,
  report,
  here,
  asked,
}: {
  context: PageContext;
  report: Kept['report'];
  here: string;
  asked: unknown;
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.import;
  const { shown, page, pages } = pageOf(report.faults, asked, faultsPerPage);
  return (
    <section aria-labelledby="greseli">
      <h2 id="greseli">{words.faults({ count: report.faults.length + report.faultsLeftOut })}</h2>
      {report.faultsLeftOut === 0 ? null : <p>{words.leftOut({ count: report.faultsLeftOut })}</p>}
      <p>
        <a href={`${here}/greseli.csv`}>{words.download}</a>
      </p>
      <table class="faults">
        <thead>
          <tr>
            <th scope="col" class="numeric">
              {words.line}
            </th>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.message}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, field, message }) => (
            <tr>
              <td class="numeric">{numberInWords(line, locale)}</td>
              <td>{field === undefined ? null : <code>{field}</code>}</td>
              <td>{message[locale]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <NumberedPages context={context} path={here} page={page} pages={pages} />
    </section>
  );
};

/** What came of a file. It is kept for its own page: looking again, or reloading, imports nothing again. */
const ImportReportPage = ({
  context,
  id,
  kept: { what, at, report },
  asked,
}: {
  readonly context: PageContext;
  readonly id: string;
  readonly kept: Kept;
  readonly asked: unknown;
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].registry.import;
  const { path, back } = importPlaces[what];
  const { lines, imported, faults } = report;
  const isGood = faults.length === 0;
  return (
    <Document context={context} title={words.reportTitle} side="office">
      <Heading back={{ href: back, text: words.back[what] }} lead={dateAndHour(at, locale)}>
        {words.reportTitle}
      </Heading>
      <div
        class={`notice ${imported === 0 ? 'notice-bad' : isGood ? 'notice-good' : 'notice-warn'}`}
        role="status"
        tabIndex={-1}
        data-focus
      >
        <p>
          <strong>{words.outcome({ imported: numberInWords(imported, locale), lines: numberInWords(lines, locale) })}</strong>
        </p>
        <p>{isGood ? (lines === 0 ? words.empty : `${words.allIn} ${words.again}`) : imported === 0 ? words.noneIn : words.someIn}</p>
      </div>
      {isGood ? null : <Faults context={context} report={report} here={`${path}/${id}`} asked={asked} />}
      <p class="actions">
        <a class="button second" href={path}>
          {isGood ? words.another : words.mend}
        </a>
      </p>
    </Document>
  );
};

/** A file, as large as it is; or a few lines. */
const ImportPage = ({
  context,
  what,
  wrong,
}: {
  readonly context: PageContext;
  readonly what: Imported;
  readonly wrong?: WrongSending;
}): VNode => {
  const words = sentences[context.locale].registry.import;
  const { path, back, header } = importPlaces[what];
  const message = wrong === undefined ? undefined : words.wrong[wrong];
  const [inFile, inText] = wrong === 'no-file' ? [message, undefined] : [undefined, message];
  return (
    <Document context={context} title={words.titles[what]} side="office" faulty={wrong !== undefined}>
      <ErrorSummary
        title={words.summary}
        faults={message === undefined ? [] : [{ field: inFile === undefined ? textField : fileField, message }]}
      />
      <Heading back={{ href: back, text: words.back[what] }} lead={words.leads[what]}>
        {words.titles[what]}
      </Heading>
      <ul>
        {words.rules.map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
      <h2>{words.columns}</h2>
      <ul class="columns">
        {header.split(',').map((column) => (
          <li>
            <code>{column}</code>
          </li>
        ))}
      </ul>
      <h2>{words.fileTitle}</h2>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <div class={inFile === undefined ? 'field' : 'field field-faulty'}>
          <label for={fileField}>{words.file}</label>
          <p class="hint" id={`${fileField}-hint`}>
            {words.fileHint}
          </p>
          {inFile === undefined ? null : (
            <p class="fault" id={`${fileField}-fault`}>
              {inFile}
            </p>
          )}
          <input
            type="file"
            id={fileField}
            name={fileField}
            accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
            aria-describedby={inFile === undefined ? `${fileField}-hint` : `${fileField}-hint ${fileField}-fault`}
          />
        </div>
        <button>{words.send}</button>
      </form>
      <h2>{words.textTitle}</h2>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <TextArea name={textField} label={words.text} hint={words.textHint} fault={inText} />
        <button class="second">{words.sendText}</button>
      </form>
    </Document>
  );
};

/** The pages of an import, the same for each kind of file. */
@Injectable()
export class ImportPages {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: ImportDesk,
    private readonly reports: KeptReports,
  ) {}

  async form(request: FastifyRequest, what: Imported): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<ImportPage context={context} what={what} />);
  }

  async take(request: FastifyRequest, what: Imported): Promise<Answer> {
    const taken = await this.desk.take(request, what);
    if (typeof taken === 'object') {
      return seeOther(`${importPlaces[what].path}/${taken.reportId}`);
    }
    const context = await this.pages.contextOf(request);
    return view(<ImportPage context={context} what={what} wrong={taken} />, 422);
  }

  async report(request: FastifyRequest, what: Imported, id: string, asked: unknown): Promise<Answer> {
    const kept = await this.#kept(request, what, id);
    const context = await this.pages.contextOf(request);
    return view(<ImportReportPage context={context} id={id} kept={kept} asked={asked} />);
  }

  async faults(request: FastifyRequest, what: Imported, id: string): Promise<Answer> {
    const { report } = await this.#kept(request, what, id);
    const locale = localeOfPage(request);
    const words = sentences[locale].registry.import;
    const rows = report.faults.map(({ line, field = '', message }) => ({
      [words.line]: line,
      [words.field]: field,
      [words.message]: message[locale],
    }));
    return download(csvOf(rows), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="greseli.csv"',
    });
  }

  async #kept(request: FastifyRequest, what: Imported, id: string): Promise<Extract<KeptReport, { readonly kind: 'import' }>> {
    const kept = await this.reports.find(request, id, 'import');
    if (kept?.what !== what) throw new HttpProblem({ code: 'not-found' });
    return kept;
  }
}
