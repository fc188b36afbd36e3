import { Get, Inject, Injectable, Param, Post, Query, Req, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Action } from '../../../application/kernel/rights';
import { isRefusal } from '../../../domain/kernel/refusal';
import { contextOf } from '../../api/access/viewer';
import { HttpProblem, problemOfRefusal } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { importLines } from '../../outside/document-system/import/import-lines';
import type { ImportReport } from '../../outside/document-system/import/import-report';
import { requestImport, staffImport } from '../../outside/document-system/import/kinds';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour, numberInWords } from '../../phrasing/words/dates';
import { csvOf } from '../../runtime/csv';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, download, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { LongTextField, TextField } from '../parts/fields';
import { NumberedPages, pageOf } from './numbered-pages';
import { fileField, type SentLines, takeLines, textField } from './sent-lines';
import type { Imported, StoredReport } from './stored-report.codec';
import { StoredReports } from './stored-reports';

/** Where each kind of file is brought in, what its header is, and where it leads back to. */
const importPlaces: Readonly<Record<Imported, { readonly path: string; readonly back: string; readonly header: string }>> = {
  requests: {
    path: '/registratura/import',
    back: '/registratura',
    header:
      'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel',
  },
  staff: {
    path: '/administrare/functionari/import',
    back: '/administrare/functionari',
    header: 'staffId,name,role,department,departmentCode,email',
  },
};

type Kept = Extract<StoredReport, { readonly kind: 'import' }>;
const faultsPerPage = 50;

const Faults = ({ report, here, asked }: { report: Kept['report']; here: string; asked: unknown }): VNode => {
  const { locale } = usePage();
  const words = useWords().registry.import;
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
      <NumberedPages path={here} page={page} pages={pages} />
    </section>
  );
};

/** What came of a file. It is kept for its own page: looking again, or reloading, imports nothing again. */
const ImportReportPage = ({
  id,
  kept: { what, at, report },
  asked,
}: {
  readonly id: string;
  readonly kept: Kept;
  readonly asked: unknown;
}): VNode => {
  const { locale } = usePage();
  const words = useWords().registry.import;
  const { path, back } = importPlaces[what];
  const { lines, imported, faults } = report;
  const isGood = faults.length === 0;
  return (
    <HeadedPage title={words.reportTitle} back={{ href: back, text: words.back[what] }} lead={dateAndHour(at, locale)}>
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
      {isGood ? null : <Faults report={report} here={`${path}/${id}`} asked={asked} />}
      <p class="actions">
        <a class="button second" href={path}>
          {isGood ? words.another : words.mend}
        </a>
      </p>
    </HeadedPage>
  );
};

/** A file, as large as it is; or a few lines. */
const ImportPage = ({ what }: { readonly what: Imported }): VNode => {
  const words = useWords().registry.import;
  const { path, back, header } = importPlaces[what];
  return (
    <HeadedPage title={words.titles[what]} summary={words.summary} back={{ href: back, text: words.back[what] }} lead={words.leads[what]}>
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
        <TextField
          name={fileField}
          type="file"
          label={words.file}
          hint={words.fileHint}
          accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
        />
        <button>{words.send}</button>
      </form>
      <h2>{words.textTitle}</h2>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <LongTextField name={textField} label={words.text} hint={words.textHint} />
        <button class="second">{words.sendText}</button>
      </form>
    </HeadedPage>
  );
};

/** How long a browser waits for the tables, so that the lists after it show what came in. */
const longestWaitMilliseconds = 2000;

/**
 * Files from browsers and their reports, the same for each kind. A file is not remembered under its form, as other commands are: it is
 * known only once all of it was read, and people go back, mend the file and send the same form. Nothing is lost by it: the same lines
 * again are no new facts.
 */
@Injectable()
export class ImportPages {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    private readonly reports: StoredReports,
  ) {}

  async take(request: FastifyRequest, what: Imported): Promise<Answer> {
    const at = this.ports.clock.now();
    const taken = await takeLines(request, async (lines) => {
      const { position, ...report } = await this.#bringIn(request, what, lines);
      if (position !== '') await this.ports.readModels.reached(position, longestWaitMilliseconds);
      return { reportId: await this.reports.keep(request, { kind: 'import', what, at, report }) };
    });
    if (typeof taken === 'object') return seeOther(`${importPlaces[what].path}/${taken.reportId}`);
    const message = sentences[localeOfPage(request)].registry.import.wrong[taken];
    return formView(<ImportPage what={what} />, [{ field: taken === 'no-file' ? fileField : textField, message }]);
  }

  async report(request: FastifyRequest, what: Imported, id: string, asked: unknown): Promise<Answer> {
    return view(<ImportReportPage id={id} kept={await this.#kept(request, what, id)} asked={asked} />);
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

  async #bringIn(request: FastifyRequest, what: Imported, lines: SentLines): Promise<ImportReport> {
    const context = contextOf(request, this.ports);
    const outcome =
      what === 'staff'
        ? await importLines(this.ports, context, staffImport, lines)
        : await importLines(this.ports, context, requestImport, lines);
    if (isRefusal(outcome)) throw new HttpProblem(problemOfRefusal(outcome));
    return outcome;
  }

  async #kept(request: FastifyRequest, what: Imported, id: string): Promise<Kept> {
    const kept = await this.reports.find(request, id, 'import');
    if (kept?.what !== what) throw new HttpProblem({ code: 'not-found' });
    return kept;
  }
}

/** The routes of one kind of file, for the officials who may bring it in. */
const importOf = (what: Imported, action: Action): Type => {
  @Pages(importPlaces[what].path.slice(1))
  class ImportController {
    constructor(private readonly imports: ImportPages) {}

    @Get()
    @ForOfficials(action)
    form(): Answer {
      return formView(<ImportPage what={what} />);
    }

    @Post()
    @KeepsNothing('file')
    @ForOfficials(action)
    take(@Req() request: FastifyRequest): Promise<Answer> {
      return this.imports.take(request, what);
    }

    @Get(':id')
    @ForOfficials(action)
    report(@Req() request: FastifyRequest, @Param('id') id: string, @Query('pagina') asked: unknown): Promise<Answer> {
      return this.imports.report(request, what, id, asked);
    }

    @Get(':id/greseli.csv')
    @ForOfficials(action)
    faults(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
      return this.imports.faults(request, what, id);
    }
  }
  return ImportController;
};

/** Files of the document register. */
export const RequestImportController = importOf('requests', 'request.register');
/** Lists of civil servants. */
export const StaffImportController = importOf('staff', 'staff.administer');
